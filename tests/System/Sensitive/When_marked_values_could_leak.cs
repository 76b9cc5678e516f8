using System.Net;
using System.Net.Http.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>Roads by which a marked value would leave its encryption.</summary>
public sealed class When_marked_values_could_leak
{
    private MarkedSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await MarkedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_not_tell_the_text_of_an_exception()
    {
        var saga = await system.StartOrder("throws-1", "t-1", ShipStep.Unreadable);
        await system.IsApprovedNext(saga);
        await system.Approve(saga, "Charles Babbage");
        await Eventually.True(
            () =>
                system.Sandbox.Query<bool>(
                    $"select exists (select from orchestrator.saga_history where saga_id = '{saga}' and data::text like '%FormatException%')"
                ),
            "the fault is recorded"
        );
        (await system.Dump()).ShouldNotContain(ShipStep.Unreadable);
    }

    [Test]
    public async Task Should_refuse_one_result_for_many_sagas()
    {
        var answer = await system.Api.PostAsJsonAsync(
            "/api/v1/bulk-jobs",
            new
            {
                verb = "resolve",
                step = "charge",
                outcome = "done",
                result = new { reference = "r", cardHolder = "Jane Doe" },
                filter = new { type = "marked-order" },
                dryRun = true,
                by = "officer",
                reason = "To try.",
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("one by one");
    }

    [Test]
    public async Task Should_forget_a_subject_whose_name_has_a_slash()
    {
        await system.StartOrder("slash-1", "tenant/42", "Emmy Noether");
        (await system.Forget("tenant%2F42")).GetProperty("hadKey").GetBoolean().ShouldBeTrue();
    }
}
