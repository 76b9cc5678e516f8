using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Testing.Tests;

/// <summary>What an operator is told of the exception. Its text often quotes the value that it is about.</summary>
public sealed class When_a_plan_throws
{
    [Test]
    public void Should_tell_the_text_where_nothing_is_marked() =>
        ReasonOf(SagaScenario.Start(new TourPlan(), new StartTour("T-1", "Nowhere")))
            .ShouldContain("(InvalidOperationException: There is no bus to Nowhere.)");

    [Test]
    public void Should_tell_the_type_alone_where_something_is_marked()
    {
        var reason = ReasonOf(SagaScenario.Start(new SecretTourPlan(), new StartSecretTour("T-1", "Nowhere")));
        reason.ShouldContain("(InvalidOperationException)");
        reason.ShouldNotContain("Nowhere");
    }

    private static string ReasonOf(SagaScenario saga)
    {
        saga.State.ShouldBe(SagaState.Parked);
        return saga.Step("book_bus").Failure!.Reason;
    }

    private static BookBus To(string city) =>
        city == "Nowhere" ? throw new InvalidOperationException($"There is no bus to {city}.") : new BookBus();

    internal sealed record StartTour(string TourId, string City);

    internal sealed record StartSecretTour(string TourId, [property: Sensitive] string City);

    internal sealed record BookBus : SagaCommand;

    private sealed class TourPlan : Plan<StartTour>
    {
        public TourPlan()
            : base("tour", version: 1) => Step("book_bus").AsPivot().At("buses").Do((tour, _) => To(tour.City));

        public override StartTour Example { get; } = new("T-1", "Rome");

        public override string BusinessKey(StartTour tour) => tour.TourId;

        public override IEnumerable<FieldError> Validate(StartTour tour) => [];
    }

    private sealed class SecretTourPlan : Plan<StartSecretTour>
    {
        public SecretTourPlan()
            : base("secret-tour", version: 1) => Step("book_bus").AsPivot().At("buses").Do((tour, _) => To(tour.City));

        public override StartSecretTour Example { get; } = new("T-1", "Rome");

        public override string BusinessKey(StartSecretTour tour) => tour.TourId;

        public override IEnumerable<FieldError> Validate(StartSecretTour tour) => [];
    }
}
