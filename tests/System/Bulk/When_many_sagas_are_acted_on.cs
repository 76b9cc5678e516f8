using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Bulk;

[Property("Rule", "S33")]
public sealed class When_many_sagas_are_acted_on
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Get() => system = await SharedSystem.Get();

    [Test]
    public async Task Should_tell_first_what_would_be_done_and_what_refused_and_do_nothing()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 3);
        var completed = await sagas.Complete();
        await Eventually.True(
            async () => (await system.Api.Look(Job(sagas, dryRun: true))).GetProperty("total").GetInt32() == 4,
            "the completed one is in the list"
        );
        var preview = await system.Api.Look(Job(sagas, dryRun: true));
        preview.GetProperty("possible").GetInt32().ShouldBe(3);
        preview.GetProperty("refused").GetProperty("not-stuck").GetInt32().ShouldBe(1);
        var refused = preview.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("outcome").GetString() == "Refused");
        refused.GetProperty("sagaId").GetGuid().ShouldBe(completed);
        refused.GetProperty("reason").GetString()!.ShouldContain("nothing to act on");
        foreach (var id in sagas.Ids)
        {
            (await system.Api.HistoryTypes(id)).ShouldNotContain("operator_retried");
        }
    }

    [Test]
    public async Task Should_heal_each_that_can_be_and_say_of_each_what_became_of_it()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 8);
        var completed = await sagas.Complete();
        await Eventually.True(
            async () => (await system.Api.Look(Job(sagas, dryRun: true))).GetProperty("total").GetInt32() == 9,
            "the completed one is in the list"
        );
        await sagas.Mend();
        var job = await system.Api.BeginJob(Job(sagas, perSecond: 100));
        await system.Api.WaitForJob(job, "Finished");
        var report = await system.Api.WaitForProgress(job, "healed", 8);
        var progress = report.GetProperty("progress");
        (
            progress.GetProperty("done").GetInt32(),
            progress.GetProperty("refused").GetInt32(),
            progress.GetProperty("pending").GetInt32()
        ).ShouldBe((8, 1, 0));
        (await system.Api.JobItems(job, "?outcome=Done"))
            .Select(item => item.GetProperty("sagaId").GetGuid())
            .ShouldBe(sagas.Ids, ignoreOrder: true);
        (await system.Api.JobItems(job, "?outcome=Refused")).ShouldHaveSingleItem().GetProperty("sagaId").GetGuid().ShouldBe(completed);
        var entry = (await system.Api.History(sagas.Ids[0])).Single(entry => entry.GetProperty("type").GetString() == "operator_retried");
        (entry.GetProperty("by").GetString(), entry.GetProperty("reason").GetString()).ShouldBe(("alice", "The gateway is back."));
    }

    [Test]
    public async Task Should_stop_when_what_it_does_turns_out_badly_and_go_on_when_it_is_told_to()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 6);
        var job = await system.Api.BeginJob(Job(sagas, perSecond: 100));
        var stopped = await system.Api.WaitForJob(job, "Stopped");
        stopped.GetProperty("progress").GetProperty("done").GetInt32().ShouldBe(1, "one was tried first");
        stopped.GetProperty("stateReason").GetString()!.ShouldContain("parked again");
        await sagas.Mend();
        (await system.Api.ChangeJob(job, "resume")).Status.ShouldBe(200);
        await system.Api.WaitForJob(job, "Finished");
        await system.Api.WaitForProgress(job, "healed", 5);
        (await system.Api.GetJob(job)).GetProperty("progress").GetProperty("parked").GetInt32().ShouldBe(1, "the first had its turn");
    }

    [Test]
    public async Task Should_stand_still_while_it_is_paused_and_leave_the_rest_when_it_is_cancelled()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 4);
        // At one a second, it cannot be through before it is paused.
        var job = await system.Api.BeginJob(Job(sagas, perSecond: 1, stopAt: 1));
        (await system.Api.ChangeJob(job, "pause")).Status.ShouldBe(200);
        var (status, problem) = await system.Api.ChangeJob(job, "pause");
        (status, problem.GetProperty("type").GetString()).ShouldBe((409, "/problems/bulk-job-state"));
        (await system.Api.GetJob(job)).GetProperty("stateReason").GetString().ShouldBe("alice: Look first.");
        (await system.Api.ChangeJob(job, "cancel"))
            .Body.GetProperty("endedAt")
            .GetDateTimeOffset()
            .ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        (await system.Api.ChangeJob(job, "resume")).Status.ShouldBe(409);
        (await system.Api.GetJob(job)).GetProperty("progress").GetProperty("pending").GetInt32().ShouldBeGreaterThan(0);
        (
            await system.Sandbox.Query<string[]>(
                $"select array_agg(verb order by position) from orchestrator.operator_action where subject = '{job}'"
            )
        ).ShouldBe(["create", "pause", "cancel"]);
    }

    [Test]
    [Property("Rule", "S25")]
    public async Task Should_do_an_item_once_however_often_it_is_repeated()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 1);
        var id = await system.Api.BeginJob(Job(sagas, stopAt: 1));
        await system.Api.WaitForJob(id, "Finished");
        await sagas.AreListed(1);
        var job = await system.Orchestrator.GetRequiredService<SagaBulkJobs>().Get(id, default);
        var item = new BulkItem(1, new BulkTarget(sagas.Ids[0], "process_payment"), BulkOutcome.Pending);
        (await system.Orchestrator.GetRequiredService<BulkActor>().Act(job!, item, default)).ShouldBeNull("it has its result");
        (await system.Api.HistoryTypes(sagas.Ids[0])).Count(type => type == "operator_retried").ShouldBe(1);
    }

    [Test]
    public async Task Should_resolve_a_step_with_one_result_for_all()
    {
        var sagas = await ParkedSagas.Of(system.Api, system.Sandbox, 2);
        var job = await system.Api.BeginJob(
            new
            {
                verb = "resolve",
                step = "process_payment",
                outcome = "done",
                filter = new { keyPrefix = sagas.Prefix },
                by = "bob",
                reason = "Paid back by bank.",
            }
        );
        await system.Api.WaitForJob(job, "Finished");
        await system.Api.WaitForProgress(job, "healed", 2);
    }

    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {}}""", "filter")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"sort": "ended"}}""", "filter.sort")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": 3}}""", "filter.state")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": "Gone"}}""", "state")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"column.unknown": "1"}}""", "filter.column.unknown")]
    [TestCase("""{"verb": "resolve", "by": "a", "reason": "b", "filter": {"state": "Parked"}}""", "outcome")]
    [TestCase("""{"verb": "resolve", "outcome": "done", "by": "a", "reason": "b", "filter": {"state": "Parked"}}""", "step")]
    [TestCase("""{"verb": "cancel", "outcome": "done", "by": "a", "reason": "b", "filter": {"state": "Parked"}}""", "outcome")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": "Parked"}, "ramp": [0]}""", "ramp")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": "Parked"}, "perSecond": 0}""", "perSecond")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": "Parked"}, "settle": "soon"}""", "settle")]
    [TestCase("""{"verb": "retry", "by": "a", "reason": "b", "filter": {"state": "Parked"}, "stopAt": 2}""", "stopAt")]
    [TestCase("""{"verb": "delete", "by": "a", "reason": "b", "filter": {"state": "Parked"}}""", "verb")]
    [TestCase("""{"verb": "retry", "reason": "b", "filter": {"state": "Parked"}}""", "by")]
    public async Task Should_name_what_is_wrong_with_it(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await system.Api.PostAsync("/api/v1/bulk-jobs", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldContain(field);
    }

    [Test]
    public async Task Should_say_when_there_is_no_such_job()
    {
        (await system.Api.GetAsync($"/api/v1/bulk-jobs/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await system.Api.GetAsync($"/api/v1/bulk-jobs/{Guid.NewGuid()}/items")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await system.Api.ChangeJob(Guid.NewGuid(), "pause")).Status.ShouldBe(404);
    }

    private static object Job(ParkedSagas sagas, bool dryRun = false, int perSecond = 10, double stopAt = 0.5) =>
        new
        {
            verb = "retry",
            filter = new { keyPrefix = sagas.Prefix },
            by = "alice",
            reason = "The gateway is back.",
            dryRun,
            perSecond,
            stopAt,
        };
}
