using SagaOrchestrator.Chaos.Running;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>What a flood is made with.</summary>
/// <param name="Options">How much.</param>
/// <param name="Draw">The messages.</param>
/// <param name="Installation">What is flooded.</param>
/// <param name="Sender">Puts messages in.</param>
/// <param name="Desk">Starts errands and stops them, over REST.</param>
/// <param name="Whereabouts">Where messages are.</param>
/// <param name="Journal">What was done.</param>
internal sealed record FloodStage(
    FloodOptions Options,
    FloodDraw Draw,
    Installation Installation,
    FloodSender Sender,
    ErrandDesk Desk,
    Whereabouts Whereabouts,
    Journal Journal
);

/// <summary>One kind of flood.</summary>
internal interface IFlood
{
    /// <summary>Its name, as <c>--kinds</c> knows it.</summary>
    string Name { get; }

    /// <summary>All of its messages.</summary>
    IReadOnlyList<FloodMessage> Messages { get; }

    /// <summary>What must be there before, and is not measured.</summary>
    Task Prepare(CancellationToken cancellationToken);

    /// <summary>Puts it in, and lets come back what keeps it waiting.</summary>
    Task Pour(CancellationToken cancellationToken);

    /// <summary>Whether everything that follows from its messages has ended too.</summary>
    Task<bool> HasEnded();

    /// <summary>Whether it came back in its order; null where that is not promised.</summary>
    Task<string?> Disorder();
}
