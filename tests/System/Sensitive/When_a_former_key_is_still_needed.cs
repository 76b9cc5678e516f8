using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>Nobody takes a key out of the ring too early without being told.</summary>
public sealed class When_a_former_key_is_still_needed
{
    [Test]
    public async Task Should_say_how_many_keys_it_wraps_until_it_wraps_none()
    {
        await using var system = await MarkedSystem.Start();
        var saga = await system.StartOrder("former-1", "f-1", "Emmy Noether");
        await system.IsApprovedNext(saga);

        var first = system.RemoveKey("first", replacedBy: "second");
        await Eventually.Get(() => Condition(system), text => text == Missing(1, "first"), "readiness names the key that is missing");
        await Eventually.True(() => Task.FromResult(Measured("first").Contains(1)), "the gauge counts what it wraps");

        system.ReturnKey(first);
        await Eventually.Get(() => Condition(system), text => text is null, "readiness has nothing to say");
        await Eventually.True(() => Task.FromResult(Measured("first").Contains(0)), "the gauge tells that it can go");
    }

    [Test]
    public async Task Should_not_be_held_up_by_many_keys_that_nobody_can_unwrap()
    {
        await using var system = await MarkedSystem.Start();
        await system.Sandbox.Execute(
            "insert into orchestrator.subject_key (id, subject, wrapping_key, wrapped) "
                + "select 'lost' || n, 'lost' || n, 'gone', '\\x00' from generate_series(1, 600) n"
        );
        await system.StartOrder("former-2", "f-2", "Emmy Noether");

        system.AddKey("second");

        await Eventually.True(
            () => system.Sandbox.Query<bool>("select count(*) = 0 from orchestrator.subject_key where wrapping_key = 'first'"),
            "the key that can be unwrapped is wrapped by the active key"
        );
        await Eventually.Get(() => Condition(system), told => told == Missing(600, "gone"), "readiness says which key is missing");
    }

    private static string Missing(int keys, string key) =>
        $"{keys} keys of subjects are wrapped by the key '{key}', which is not in the ring of this node. Messages of their sagas wait, "
        + $"if no other node has it. Add '{key}' to the ring again.";

    private static async Task<string?> Condition(MarkedSystem system) =>
        (await system.Api.GetFromJsonAsync<JsonElement>("/health/ready"))
            .GetProperty("checks")
            .EnumerateArray()
            .Where(check => check.GetProperty("name").GetString() == "subject-keys")
            .Select(check => check.TryGetProperty("description", out var text) ? text.GetString() : null)
            .Single();

    private static List<long> Measured(string key)
    {
        var measured = new List<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "saga.subject_keys.former")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) =>
            {
                if (tags.ToArray().Any(tag => (string?)tag.Value == key))
                {
                    measured.Add(value);
                }
            }
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
