using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Chaos.Nodes.Served.Errands;

/// <summary>One step at a participant of its own.</summary>
internal class ErrandPlan : Plan<StartErrand>
{
    public const string Name = "errand";
    public const string Participant = "errands";

    // The product's own, as in the example.
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(30);

    public ErrandPlan()
        : this(version: 1) => Run();

    protected ErrandPlan(int version)
        : base(Name, version) { }

    public override StartErrand Example { get; } = new("E-1");

    public override string BusinessKey(StartErrand data) => data.ErrandId;

    public override IEnumerable<FieldError> Validate(StartErrand data) => [];

    protected void Run() =>
        Step("run_errand")
            .AsPivot()
            .At(Participant)
            .Within(StepTimeout)
            .EnquireWhenUnknown()
            .Do((errand, _) => new RunErrand(errand.ErrandId));
}

/// <summary>The next version: it waits until it is let go.</summary>
internal sealed class NextErrandPlan : ErrandPlan
{
    public const string Signal = "go";

    // Longer than a flood before it takes.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    public NextErrandPlan()
        : base(version: 2)
    {
        Step("await_go").WaitsFor(Signal).Within(Patience);
        Run();
    }
}
