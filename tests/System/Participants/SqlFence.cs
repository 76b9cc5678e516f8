using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using SagaOrchestrator.Contracts.Tests.Rules;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>The functions of <c>infra/postgres/fence.sql</c>, called as a participant without the kit calls them.</summary>
internal sealed class SqlFence(NpgsqlDataSource database) : IFenceUnderTest
{
    public Task<Seen> Do(FenceRow before, int attempt, StepOutcome outcome) =>
        Run(
            before,
            CommandDirection.Do,
            attempt,
            call => call.OrElse("select fence_do($1)", () => call.Json("select fence_did($1, $2, $3, $4, $5)", Outcome(outcome)))
        );

    public Task<Seen> Undo(FenceRow before, UndoOutcome outcome)
    {
        var failed = outcome as UndoOutcome.Failed;
        return Run(
            before,
            CommandDirection.Undo,
            1,
            call =>
                call.OrElse(
                    "select fence_undo($1)",
                    () => call.Json("select fence_undid($1, $2, $3, $4)", failed is null, Text(failed?.Code), Text(failed?.Reason))
                )
        );
    }

    public Task<Seen> Ask(FenceRow before, bool fenceUnfinished) =>
        Run(before, CommandDirection.Do, 1, call => call.Json("select fence_query($1, $2)", fenceUnfinished));

    public Task<Seen> Begin(FenceRow before, CommandDirection direction, int attempt) =>
        Run(
            before,
            direction,
            attempt,
            async call =>
            {
                call.Ran = (bool)(await call.Scalar("select fence_begin($1)"))!;
                return null;
            }
        );

    public Task<Seen> End(FenceRow before, StepOutcome outcome) =>
        Run(
            before,
            CommandDirection.Do,
            1,
            async call =>
            {
                var answer = await call.Json("select fence_finish($1, $2, $3, $4, $5)", Outcome(outcome));
                call.Ran = answer is not null;
                return answer;
            }
        );

    // Null in place of what an outcome has not.
    private static object[] Outcome(StepOutcome outcome) =>
        outcome switch
        {
            StepOutcome.Completed completed => ["completed", Json(JsonSerializer.Serialize(completed.Result)), Text(null), Text(null)],
            StepOutcome.Rejected rejected => ["rejected", Json(null), rejected.Code, rejected.Reason],
            StepOutcome.Faulted faulted => ["faulted", Json(null), faulted.Code, faulted.Reason],
            StepOutcome.Deferred => ["deferred", Json(null), Text(null), Text(null)],
            _ => ["no_answer", Json(null), Text(null), Text(null)],
        };

    private static NpgsqlParameter Json(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json };

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task<Seen> Run(FenceRow before, CommandDirection direction, int attempt, Func<Call, Task<JsonNode?>> what)
    {
        await using var connection = await database.OpenConnectionAsync();
        // Nothing of it is kept.
        await using var transaction = await connection.BeginTransactionAsync();
        await using var put = new NpgsqlCommand(
            "insert into fence (saga_id, step, do_state, do_attempt, do_reply, undo_state, tombstone) values ($1, $2, $3, $4, $5, $6, $7)",
            connection
        );
        foreach (
            var value in new object[]
            {
                before.SagaId,
                before.Step,
                PostgresFence.Text(before.Do),
                before.DoAttempt,
                Json(before.DoReply),
                PostgresFence.Text(before.Undo),
                before.Tombstone,
            }
        )
        {
            put.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        if (before != new FenceRow(before.SagaId, before.Step))
        {
            await put.ExecuteNonQueryAsync();
        }

        var saga = new JsonObject
        {
            ["sagaId"] = before.SagaId.ToString(),
            ["sagaType"] = "trip",
            ["businessKey"] = "T-1",
            ["step"] = before.Step,
            ["direction"] = direction == CommandDirection.Do ? "do" : "undo",
            ["attempt"] = attempt,
            ["commandId"] = Guid.CreateVersion7().ToString(),
            ["replyTo"] = "to.orchestrator",
        };
        var call = new Call(connection, saga.ToJsonString());
        var answer = await what(call);
        await using var read = new NpgsqlCommand("select do_state, do_attempt, undo_state, tombstone from fence", connection);
        await using var row = await read.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        return new Seen(
            call.Ran,
            answer,
            before with
            {
                Do = State(row.GetString(0)),
                DoAttempt = row.GetInt32(1),
                Undo = State(row.GetString(2)),
                Tombstone = row.GetBoolean(3),
            }
        );
    }

    private static EffectState State(string text) => Enum.Parse<EffectState>(text, ignoreCase: true);

    private sealed class Call(NpgsqlConnection connection, string saga)
    {
        public bool Ran { get; set; }

        public async Task<JsonNode?> OrElse(string sql, Func<Task<JsonNode?>> run)
        {
            if (await Json(sql) is { } answer)
            {
                return answer;
            }

            Ran = true;
            return await run();
        }

        public async Task<JsonNode?> Json(string sql, params object[] more) =>
            await Scalar(sql, more) is string answer ? JsonNode.Parse(answer) : null;

        public async Task<object?> Scalar(string sql, params object[] more)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(SqlFence.Json(saga));
            foreach (var value in more)
            {
                command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
            }

            return await command.ExecuteScalarAsync();
        }
    }
}
