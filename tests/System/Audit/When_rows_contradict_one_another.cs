using System.Net.Http.Json;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Audit;

public sealed class When_rows_contradict_one_another
{
    private RunningSystem system = null!;

    [OneTimeSetUp]
    public async Task Start() => system = await AuditedSystem.Start();

    [OneTimeTearDown]
    public async Task Stop() => await system.DisposeAsync();

    [TestCase("state-contradicts", "state = 'Pending'")]
    [TestCase("end-contradicts", "ended_at = null")]
    [TestCase("timer-wrong", "wake_at = now() + interval '1 hour', wake_check_at = now() + interval '1 hour', wake_for = 'x/do/1/reply'")]
    [TestCase("undoing-contradicts", "undoing = 'payments'")]
    public async Task Should_repair_the_columns_of_a_saga_that_has_ended(string kind, string planted)
    {
        var id = await Completed();
        await Plant(id, planted);
        await system.Found(kind, id.ToString(), "Repaired");
        var row = await system.Sandbox.Query<string>(
            $"select concat_ws(' ', state, ended_at is not null, wake_at is null, wake_check_at is null, wake_for is null, undoing is null) "
                + $"from orchestrator.saga where id = '{id}'"
        );
        row.ShouldBe("Completed t t t t t");
        (await system.Repairs(id)).ShouldHaveSingleItem().ShouldContain(kind);
    }

    [Test]
    public async Task Should_have_a_saga_summed_up_that_no_list_shows()
    {
        var id = await Completed();
        await Eventually.True(() => IsSummedUp(id), "it is summed up");
        await system.Sandbox.Execute(
            $"delete from orchestrator.saga_summary where id = '{id}'; "
                + $"update orchestrator.saga set updated_at = now() - interval '1 minute' where id = '{id}'"
        );
        await system.Found("summary-missing", id.ToString(), "Repaired");
        await Eventually.True(() => IsSummedUp(id), "it is summed up again");
    }

    [Test]
    public async Task Should_raise_an_alarm_for_what_it_cannot_repair_and_clear_it_when_it_is_gone()
    {
        var id = await Completed();
        await Plant(id, "history_version = history_version + 1");
        var found = await system.Found("history-gap", id.ToString(), "Standing");
        found.TryGetProperty("endedAt", out _).ShouldBeFalse();
        var alarm = await Eventually.Get(Alarm, alarm => alarm is not null, "an alarm stands");
        alarm!.Value.Word("detail")!.ShouldContain(id.ToString());
        await Plant(id, "history_version = history_version - 1");
        await system.Found("history-gap", id.ToString(), "Gone");
        await Eventually.Get(Alarm, alarm => alarm is null, "the alarm is over");
        (await system.Repairs(id)).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_find_a_job_that_no_node_takes()
    {
        var job = Guid.NewGuid();
        await using (var database = system.Sandbox.Database())
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await system.Sandbox.Execute(
                $"insert into orchestrator.bulk_job (id, created_at, state, total, orders) values ('{job}', now() - interval '2 minutes', "
                    + "'Paused', 0, '{}')"
            );
            // Nodes pass over a row that somebody holds.
            await using var command = connection.CreateCommand();
            command.CommandText = $"select from orchestrator.bulk_job where id = '{job}' for key share";
            await command.ExecuteNonQueryAsync();
            await system.Sandbox.Execute($"update orchestrator.bulk_job set state = 'Running' where id = '{job}'");
            await system.Found("job-abandoned", job.ToString(), "Standing");
            await system.Sandbox.Execute($"update orchestrator.bulk_job set state = 'Cancelled', ended_at = now() where id = '{job}'");
        }

        await system.Found("job-abandoned", job.ToString(), "Gone");
    }

    [Test]
    public async Task Should_report_what_it_looked_at()
    {
        await Completed();
        await system.RunTwice();
        var run = (await system.Audit()).GetProperty("runs")[0];
        run.GetProperty("lookedAt").GetProperty("sagas").GetInt32().ShouldBePositive();
        run.GetProperty("durationSeconds").GetDouble().ShouldBePositive();
        run.GetProperty("startedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
    }

    [Test]
    public async Task Should_find_nothing_in_sagas_that_are_as_they_must_be()
    {
        var completed = await Completed();
        var failed = (await system.Api.Run(Order.Of(street: null), "Failed")).GetProperty("id").GetGuid();
        await system.RunTwice();
        (await system.Findings()).ShouldNotContain(finding =>
            finding.Word("subject") == completed.ToString() || finding.Word("subject") == failed.ToString()
        );
    }

    [Test]
    public async Task Should_name_the_parameter_that_is_wrong() =>
        ((int)(await system.Api.GetAsync("/api/v1/audit?limit=0")).StatusCode).ShouldBe(400);

    private async Task<Guid> Completed() => (await system.Api.Run(Order.Of(), "Completed")).GetProperty("id").GetGuid();

    private Task Plant(Guid id, string columns) => system.Sandbox.Execute($"update orchestrator.saga set {columns} where id = '{id}'");

    private Task<bool> IsSummedUp(Guid id) =>
        system.Sandbox.Query<bool>($"select exists (select from orchestrator.saga_summary where id = '{id}' and state = 'Completed')");

    private async Task<JsonElement?> Alarm()
    {
        var alarms = await system.Api.GetFromJsonAsync<JsonElement>("/api/v1/alarms");
        return alarms
            .GetProperty("items")
            .EnumerateArray()
            .Where(alarm => alarm.Word("kind") == "audit" && alarm.Word("subject") == "history-gap")
            .Select(alarm => (JsonElement?)alarm)
            .FirstOrDefault();
    }
}
