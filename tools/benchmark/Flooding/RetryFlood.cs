using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>
/// Commands whose step needs something that is away, in a queue of healthy commands. They are for no saga, so their replies are orphans.
/// </summary>
internal sealed record RetryFlood() : Flood(Kind, Steps.All[0].Participant, new Fate(Steps.All[0].Participant, DeadLetterReason.Orphan))
{
    public const string Kind = "retries";

    private const string Step = "away";

    public override string Sender => Queues.Orchestrator;

    public override bool Waits => true;

    public override IReadOnlyList<string> Services => [Queue, Queues.Orchestrator];

    public override Task<IReadOnlyList<FloodMessage>> Make(FloodStage stage, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FloodMessage>>(
            Many(stage.Options.Messages, Queue, number => new DoWhenBack { Saga = Context(Guid.CreateVersion7(), number) })
        );

    public override async Task BringBack(FloodStage stage, CancellationToken cancellationToken)
    {
        foreach (var process in stage.Running.Of(Roles.Participants))
        {
            await process.Tell(ServeCommand.BackNotice, cancellationToken);
        }
    }

    private static CommandContext Context(Guid saga, int number) =>
        new(
            saga,
            "benchmark",
            string.Create(null, $"away-{number}"),
            Step,
            CommandDirection.Do,
            Attempt: 1,
            CommandId: Guid.CreateVersion7(),
            ReplyTo: Queues.ExchangeOf(Queues.Orchestrator)
        );
}
