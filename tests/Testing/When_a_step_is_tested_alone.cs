using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Steps;

namespace SagaOrchestrator.Testing.Tests;

public sealed class When_a_step_is_tested_alone
{
    [Test]
    public async Task Should_keep_what_it_would_write_in_order()
    {
        var test = new StepTest { BusinessKey = "T-1", Attempt = 2 };
        (await test.Do(new KeepStep(), new Keep("Rome"))).ShouldBe(new StepOutcome.Completed("T-1/2"));
        var row = test.Inserted.ShouldHaveSingleItem();
        (row.Table, row["saga_id"], row["city"]).ShouldBe(("trips.stay", test.SagaId, "Rome"));
        test.Written.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_keep_what_undoing_it_would_write()
    {
        var test = new StepTest { BusinessKey = "T-1", Attempt = 2 };
        (await test.Undo(new KeepStep(), new Drop())).ShouldBe(new UndoOutcome.Completed());
        var statement = test.Written.ShouldHaveSingleItem();
        statement.Sql.ShouldStartWith("delete");
        statement.Parameters.ShouldBe([test.SagaId]);
    }

    [Test]
    public void Should_say_that_a_step_that_reads_needs_a_database() =>
        Should.Throw<NotSupportedException>(() => new StepTest().Reading().Database.Command("select 1")).Message.ShouldContain("Postgres");

    private sealed record Keep(string City) : SagaCommand;

    private sealed record Drop : SagaCommand;

    private sealed class KeepStep : StepHandler<Keep, Drop>
    {
        public override Task<StepOutcome> Do(Keep command, StepContext context)
        {
            context.Database.Insert("trips.stay", ("saga_id", context.SagaId), ("city", command.City));
            return new StepOutcome.Completed($"{context.BusinessKey}/{context.Attempt}");
        }

        public override Task<UndoOutcome> Undo(Drop command, StepContext context)
        {
            context.Database.Write("delete from trips.stay where saga_id = $1", context.SagaId);
            return new UndoOutcome.Completed();
        }
    }
}
