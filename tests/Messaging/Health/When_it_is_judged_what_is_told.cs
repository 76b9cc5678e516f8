using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Tests.Health;

public sealed class When_it_is_judged_what_is_told
{
    private static readonly Trouble Certain = new("disk", "full", "The disk is full.", "Nothing is written.", "Free space.");
    private static readonly Trouble Uncertain = new("disk", "slow", "The disk is slow.", "All is slow.", "Wait.") { Looks = 2 };

    [Test]
    public void Should_tell_what_is_certain_once_and_once_that_it_is_over()
    {
        var state = new ConditionState("disk");
        state.Take(null, At(0)).ShouldBeNull();
        state.Take(Certain, At(5)).ShouldNotBeNull().IsOver.ShouldBeFalse();
        state.Take(Certain with { Cause = "The disk is still full." }, At(10)).ShouldBeNull();
        state.Told!.Cause.ShouldBe("The disk is still full.");
        var over = state.Take(null, At(17)).ShouldNotBeNull();
        over.IsOver.ShouldBeTrue();
        over.Lasted.ShouldBe(TimeSpan.FromSeconds(12));
        state.Take(null, At(20)).ShouldBeNull();
    }

    [Test]
    public void Should_tell_what_a_busy_moment_looks_like_too_only_when_it_is_seen_again()
    {
        var state = new ConditionState("disk");
        state.Take(Uncertain, At(0)).ShouldBeNull();
        state.IsSuspected.ShouldBeTrue();
        state.Take(null, At(1)).ShouldBeNull();
        state.Take(Uncertain, At(2)).ShouldBeNull();
        state.Take(Uncertain, At(3)).ShouldNotBeNull();
        state.IsSuspected.ShouldBeFalse();
    }

    [Test]
    public void Should_tell_at_once_what_has_kept_a_node_from_working_since_it_was_started()
    {
        var stopping = Uncertain with { StopsWork = true };
        new ConditionState("disk").Take(stopping, At(11)).ShouldNotBeNull();

        var well = new ConditionState("disk");
        well.Take(null, At(11)).ShouldBeNull();
        well.Take(stopping, At(12)).ShouldBeNull();
    }

    [Test]
    public void Should_tell_that_one_trouble_has_become_another()
    {
        var state = new ConditionState("disk");
        state.Take(Certain, At(0)).ShouldNotBeNull();
        state.Take(Uncertain, At(1)).ShouldBeNull();
        state.Take(Uncertain, At(2)).ShouldNotBeNull().Trouble.Kind.ShouldBe("slow");
        state.Take(null, At(9)).ShouldNotBeNull().Lasted.ShouldBe(TimeSpan.FromSeconds(9));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
