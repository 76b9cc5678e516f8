using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Testing.Steps;

/// <summary>
/// Calls a step that only writes, without a database, and keeps what it would have written:
/// <code>
/// var test = new StepTest();
/// var outcome = await test.Do(new BookHotelStep(), new BookHotel("Rome"));
/// test.Inserted.Single()["city"].ShouldBe("Rome");
/// </code>
/// Whether its SQL is right, only Postgres can say; a step that reads or locks needs it too.
/// </summary>
public sealed class StepTest
{
    private readonly RecordingScope scope = new();

    /// <summary>The saga that asks.</summary>
    public Guid SagaId { get; init; } = Guid.NewGuid();

    /// <summary>What the business calls it.</summary>
    public string BusinessKey { get; init; } = "test";

    /// <summary>Which attempt it is.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The rows that the step inserted, in order.</summary>
    public IReadOnlyList<InsertedRow> Inserted => scope.Rows;

    /// <summary>The other statements that it wrote, in order.</summary>
    public IReadOnlyList<WrittenStatement> Written => scope.Statements;

    /// <summary>Executes the step.</summary>
    public Task<StepOutcome> Do<TDo, TUndo>(StepHandler<TDo, TUndo> step, TDo command)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Do(command, Context(CommandDirection.Do));
    }

    /// <summary>Executes a step that is never undone.</summary>
    public Task<StepOutcome> Do<TDo>(StepHandler<TDo> step, TDo command)
        where TDo : SagaCommand
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Do(command, Context(CommandDirection.Do));
    }

    /// <summary>Undoes the step.</summary>
    public Task<UndoOutcome> Undo<TDo, TUndo>(StepHandler<TDo, TUndo> step, TUndo command)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Undo(command, Context(CommandDirection.Undo));
    }

    /// <summary>
    /// The context of a step that reads, for one that is called with more than that, such as a <c>DbContext</c> of the test's own.
    /// </summary>
    /// <param name="direction">Whether it is executed or undone.</param>
    public ReadingStepContext Reading(CommandDirection direction = CommandDirection.Do) =>
        ReadingStepContext.ForTest(Command(direction), scope);

    private StepContext Context(CommandDirection direction) => StepContext.ForTest(Command(direction), scope);

    private CommandContext Command(CommandDirection direction) =>
        new(SagaId, "test", BusinessKey, "test", direction, Attempt, Guid.NewGuid(), Queues.ExchangeOf(Queues.Orchestrator));
}
