using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Contracts.Tests.Rules;

/// <summary>The kit's fence, with rows in memory.</summary>
internal sealed class KitFence : IFenceUnderTest
{
    public Task<Seen> Do(FenceRow before, int attempt, StepOutcome outcome)
    {
        var drive = new Drive(before);
        return drive.Through(
            new DoWork(
                Command(before, CommandDirection.Do, attempt),
                drive.Fence,
                NullLogger.Instance,
                drive.Run(outcome),
                readsFirst: false,
                wasBegun: true
            )
        );
    }

    public Task<Seen> Undo(FenceRow before, UndoOutcome outcome)
    {
        var drive = new Drive(before);
        return drive.Through(
            new UndoWork(
                Command(before, CommandDirection.Undo, 1),
                drive.Fence,
                NullLogger.Instance,
                drive.Run(outcome),
                readsFirst: false,
                isMarked: false
            )
        );
    }

    public Task<Seen> Ask(FenceRow before, bool fenceUnfinished)
    {
        var drive = new Drive(before);
        return drive.Through(new EnquiryWork(fenceUnfinished, Command(before, CommandDirection.Do, 1), drive.Fence, NullLogger.Instance));
    }

    public async Task<Seen> Begin(FenceRow before, CommandDirection direction, int attempt)
    {
        var drive = new Drive(before);
        var begin = new BeginWork(Command(before, direction, attempt), drive.Fence);
        return await drive.Through(begin) with { Ran = begin.Proceed };
    }

    public async Task<Seen> End(FenceRow before, StepOutcome outcome)
    {
        var drive = new Drive(before);
        var memory = new MemoryCommitter();
        var outbox = new ServiceOutbox("participant", memory, memory, drive, NullLogger.Instance);
        var run = drive.Run(outcome);
        await new DeferredReplies(outbox, drive.Fence, opener: null).Answer(
            Command(before, CommandDirection.Do, 1),
            context => run(new MemoryScope(), context.CancellationToken),
            CancellationToken.None
        );
        return drive.Seen();
    }

    private static CommandContext Command(FenceRow row, CommandDirection direction, int attempt) =>
        new(row.SagaId, "saga", "key", row.Step, direction, attempt, Guid.CreateVersion7(), "to.orchestrator");

    private sealed class Drive : IMessageDispatcher
    {
        private readonly MemoryScope scope = new();
        private readonly List<OutgoingMessage> sent = [];
        private bool ran;

        // In memory it is done at once.
        public Drive(FenceRow before) => _ = Fence.Save(scope, before, CancellationToken.None);

        public MemoryFence Fence { get; } = new();

        public Func<CommitScope, CancellationToken, Task<T>> Run<T>(T outcome) =>
            (_, _) =>
            {
                ran = true;
                return Task.FromResult(outcome);
            };

        public async Task<Seen> Through(IUnitWork work)
        {
            using var unit = new UnitOfWork(inbox: null);
            unit.Add(work);
            await unit.Execute(scope, CancellationToken.None);
            sent.AddRange(unit.Messages);
            return Seen();
        }

        public Seen Seen() => new(ran, sent.Count == 0 ? null : JsonNode.Parse(sent.Single().Body.Span), Fence.Changes.Last());

        public Task Send(OutgoingMessage message, CancellationToken cancellationToken)
        {
            sent.Add(message);
            return Task.CompletedTask;
        }
    }
}
