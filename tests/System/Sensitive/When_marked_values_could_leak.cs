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
    public async Task Should_not_tell_the_text_of_an_exception_of_a_step_that_is_answered_later()
    {
        var saga = await system.StartOrder("later-1", "t-2", ShipStep.Later);
        await system.IsApprovedNext(saga);
        await system.Approve(saga, "Charles Babbage");
        await Eventually.True(() => Task.FromResult(WhatWasRead.Commands.ContainsKey("later-1/Ship")), "the step is accepted");
        await Eventually.True(
            () =>
                system.Answer(
                    "shipping",
                    WhatWasRead.Commands["later-1/Ship"],
                    () => throw new FormatException($"The input '{ShipStep.Later}' was not in a correct format.")
                ),
            "the step is answered"
        );
        await Eventually.True(
            () =>
                system.Sandbox.Query<bool>(
                    $"select exists (select from orchestrator.saga_history where saga_id = '{saga}' and data::text like '%FormatException%')"
                ),
            "the fault is recorded"
        );
        (await system.Dump()).ShouldNotContain(ShipStep.Later);
        system.Log.ShouldAllBe(line => !line.Contains(ShipStep.Later));
    }

    [Test]
    public async Task Should_warn_of_a_result_that_repeats_one_where_it_is_kept_plain()
    {
        var saga = await system.StartOrder("repeated-1", "t-3", ChargeStep.Repeated);
        await system.IsApprovedNext(saga);

        var warning = system.Log.Single(line => line.Contains("is kept plain"));
        warning.ShouldStartWith("The result of step charge of marked-order repeats the marked value of 'name'");
        warning.ShouldNotContain(ChargeStep.Repeated);
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
