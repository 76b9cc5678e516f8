using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders.Shipping;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Participants;

/// <summary>
/// It throws, it violates a key, it is rolled back by the database: nothing of that attempt stays, and the saga is told once.
/// </summary>
public sealed class When_a_steps_own_code_fails
{
    [Test]
    [Property("Rule", "S5")]
    public async Task Should_answer_each_attempt_once_and_keep_the_effect_of_the_one_that_works()
    {
        await using var system = await RunningSystem.Start(add: services => services.AddPlan<FailingPlan>());
        await system.Sandbox.Execute(
            """
            create table notifications.built (saga_id uuid primary key, attempt integer not null);
            create table notifications.taken (id integer primary key);
            insert into notifications.taken values (1);
            create sequence notifications.passing;
            create function notifications.fail_once() returns void language plpgsql as $$
            begin
                if nextval('notifications.passing') = 1 then raise exception 'It passes.' using errcode = '40001'; end if;
            end $$;
            grant all on notifications.built, notifications.taken, notifications.passing to notifications;
            """
        );
        await system.Sandbox.Subscribe("to.orchestrator", "copies");
        await using var participant = await TestParticipant.Replace(system, endpoint => endpoint.Add(new FailingStep()));

        var id = await system.Api.StartSaga(new JsonObject { ["key"] = Guid.NewGuid().ToString() }, "failing");
        await system.Api.WaitFor(id, "Completed");

        var faults = (await system.Api.History(id)).Where(entry => entry.GetProperty("type").GetString() == "step_faulted").ToList();
        faults.Select(fault => fault.GetProperty("code").GetString()).ShouldBe(["handler_error", "handler_error", "handler_error"]);
        faults[0].GetProperty("reason").GetString().ShouldBe("It is broken.");
        faults[1].GetProperty("reason").GetString()!.ShouldContain("23505");
        faults[2].GetProperty("reason").GetString()!.ShouldContain("23505");
        var replies = (await system.Sandbox.Peek("copies"))
            .Where(copy => copy.Payload.Contains(id.ToString()) && copy.Payload.Contains("SagaStep"))
            .ToList();
        replies.Select(reply => reply.Message.GetProperty("attempt").GetInt32()).Order().ShouldBe([1, 2, 3, 4]);
        (await system.Sandbox.Query<int>($"select attempt from notifications.built where saga_id = '{id}'")).ShouldBe(4);
        (await system.Sandbox.Peek("notifications.dead-letter")).ShouldBeEmpty();
    }

    private sealed class FailingPlan()
        : BuildPlan("failing", step => step.Within(TimeSpan.FromSeconds(20)).Retry(5, TimeSpan.FromMilliseconds(50)));

    private sealed class FailingStep : ReadingStepHandler<CreateShipment, CancelShipment>
    {
        public override async Task<StepOutcome> Do(CreateShipment command, ReadingStepContext context)
        {
            context.Database.Write("insert into notifications.built (saga_id, attempt) values ($1, $2)", context.SagaId, context.Attempt);
            switch (context.Attempt)
            {
                case 1:
                    throw new InvalidOperationException("It is broken.");
                case 2:
                    await using (var taken = context.Database.Command("insert into notifications.taken values (1)"))
                    {
                        await taken.ExecuteNonQueryAsync(context.CancellationToken);
                    }

                    break;
                case 3:
                    context.Database.Write("insert into notifications.taken values (1)");
                    break;
                default:
                    context.Database.Write("select notifications.fail_once()");
                    break;
            }

            return new StepOutcome.Completed(new ShipmentCreated("s", "t"));
        }

        public override Task<UndoOutcome> Undo(CancelShipment command, ReadingStepContext context) => new UndoOutcome.Completed();
    }
}
