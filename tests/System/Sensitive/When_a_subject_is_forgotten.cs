using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>What is encrypted for a subject is gone with its key; its sagas end and compensate all the same.</summary>
public sealed class When_a_subject_is_forgotten
{
    private const string Name = "Sophie Germain";

    private MarkedSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await MarkedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_refund_in_a_saga_that_fails_afterwards()
    {
        var saga = await system.StartOrder("forgotten-1", "g-1", Name, fails: true);
        await system.IsApprovedNext(saga);
        var copy = await system.Dump("--exclude-table-data=*.subject_key");

        (await system.Forget("g-1")).GetProperty("hadKey").GetBoolean().ShouldBeTrue();
        await system.Approve(saga, "Charles Babbage");
        await system.Waits(saga, "Failed");

        ((Refund)WhatWasRead.Commands["forgotten-1/Refund"]).Name.ShouldBe(string.Empty);
        ((Ship)WhatWasRead.Commands["forgotten-1/Ship"]).Name.ShouldBe(string.Empty);
        (await system.Status(saga)).GetProperty("steps").EnumerateArray().First().GetProperty("state").GetString().ShouldBe("Compensated");
        var seen = await system.Reveal(saga);
        seen.GetProperty("forgotten").GetBoolean().ShouldBeTrue();
        seen.GetProperty("values").GetArrayLength().ShouldBe(0);
        copy.ShouldContain("forgotten-1");
        copy.ShouldNotContain(Name);
        (await system.Dump()).ShouldNotContain(Name);
        (await system.Forget("g-1")).GetProperty("hadKey").GetBoolean().ShouldBeFalse();
        (await system.Api.GetStringAsync("/api/v1/operator-actions?kind=subject&subject=g-1")).ShouldContain("Asked for by letter.");
    }

    [Test]
    public async Task Should_know_a_subject_again_that_is_as_long_as_a_text_may_be()
    {
        // What an index takes of a text is less, once it cannot be compressed.
        var subject = Convert.ToHexString(RandomNumberGenerator.GetBytes(2000));
        var saga = await system.StartOrder("forgotten-long", subject, Name);
        await system.IsApprovedNext(saga);
        (await system.Reveal(saga)).GetProperty("values").GetArrayLength().ShouldBeGreaterThan(0);
        (await system.Forget(subject)).GetProperty("hadKey").GetBoolean().ShouldBeTrue();
        (await system.Reveal(saga)).GetProperty("forgotten").GetBoolean().ShouldBeTrue();
    }

    [Test]
    public async Task Should_read_empty_values_of_a_command_that_was_on_its_way()
    {
        var saga = await system.StartOrder("forgotten-2", "g-2", Name);
        await system.IsApprovedNext(saga);
        await system.StopParticipant("shipping");
        await system.Approve(saga, "Charles Babbage");
        await system.Sandbox.WaitFor("shipping");

        await system.Forget("g-2");
        await system.StartParticipant("shipping");
        await system.Waits(saga, "Completed");

        var ship = (Ship)WhatWasRead.Commands["forgotten-2/Ship"];
        (ship.Name, ship.CardHolder).ShouldBe((string.Empty, string.Empty));
        ship.Notes.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_say_so_know_the_start_again_by_what_is_plain_and_take_new_orders()
    {
        var saga = await system.StartOrder("forgotten-3", "g-3", Name);
        await system.IsApprovedNext(saga);
        (await Explained(saga)).ShouldNotContain("Its subject is forgotten");
        await system.Forget("g-3");

        (await Explained(saga)).ShouldContain("Its subject is forgotten: where the plan reads a marked value, an empty one decides.");
        (await system.StartOrder("forgotten-3", "g-3", Name)).ShouldBe(saga);
        var next = await system.StartOrder("forgotten-4", "g-3", Name);
        (await system.Reveal(next)).GetProperty("forgotten").GetBoolean().ShouldBeFalse();
        (await system.Reveal(saga)).GetProperty("forgotten").GetBoolean().ShouldBeTrue();
    }

    private async Task<string> Explained(Guid saga) =>
        string.Join(
            ' ',
            (await system.Api.GetFromJsonAsync<JsonElement>($"/api/v1/sagas/{saga}/explain"))
                .GetProperty("sentences")
                .EnumerateArray()
                .Select(sentence => sentence.GetString())
        );
}
