using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>A step that was deferred is answered with marked values as one that is answered at once.</summary>
public sealed class When_a_marked_step_is_answered_later
{
    private MarkedSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await MarkedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [Test]
    public async Task Should_encrypt_its_result()
    {
        var saga = await Deferred("later-10", "l-1");

        (await Answer("later-10")).ShouldBeTrue();

        await system.Waits(saga, "Completed");
        (await Reply(saga)).ShouldContain("\"recipient\":\"enc:v1:");
        (await system.Dump()).ShouldNotContain(ShipStep.Later);
        system.Log.ShouldAllBe(line => !line.Contains(ShipStep.Later));
        (await system.Reveal(saga)).ToString().ShouldContain("To " + ShipStep.Later);
    }

    [Test]
    public async Task Should_encrypt_it_after_its_participant_was_started_anew()
    {
        var saga = await Deferred("later-11", "l-2");
        await system.StopParticipant("shipping");
        await system.StartParticipant("shipping");

        (await Answer("later-11")).ShouldBeTrue();

        await system.Waits(saga, "Completed");
        (await Reply(saga)).ShouldContain("\"recipient\":\"enc:v1:");
    }

    [Test]
    public async Task Should_keep_nothing_of_a_subject_that_was_forgotten_meanwhile()
    {
        var saga = await Deferred("later-12", "l-3");
        await system.Forget("l-3");
        // What was asked for before counts for ten seconds. A participant that is started anew has asked for nothing.
        await system.StopParticipant("shipping");
        await system.StartParticipant("shipping");

        (await Answer("later-12")).ShouldBeTrue();

        await system.Waits(saga, "Completed");
        (await Reply(saga)).ShouldContain("\"recipient\":\"enc:v1:forgotten\"");
    }

    private async Task<Guid> Deferred(string order, string customer)
    {
        var saga = await system.StartOrder(order, customer, ShipStep.Later);
        await system.IsApprovedNext(saga);
        await system.Approve(saga, "Charles Babbage");
        await Eventually.True(
            () =>
                system.Sandbox.Query<bool>(
                    $"select exists (select from shipping.fence where saga_id = '{saga}' and step = 'ship' and do_state = 'deferred')"
                ),
            "the step is deferred"
        );
        return saga;
    }

    private Task<bool> Answer(string order) =>
        system.Answer(
            "shipping",
            WhatWasRead.Commands[$"{order}/Ship"],
            () => new StepOutcome.Completed(new Shipped("To " + ShipStep.Later))
        );

    private Task<string> Reply(Guid saga) =>
        system.Sandbox.Query<string>($"select do_reply::text from shipping.fence where saga_id = '{saga}' and step = 'ship'");
}
