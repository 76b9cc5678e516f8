using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Handling;
using SagaOrchestrator.Messaging.Waiting;

namespace SagaOrchestrator.Tests.Waiting;

[Property("Rule", "S40")]
public sealed class When_waiting_places_are_taken
{
    [TestCase(256, 32)]
    [TestCase(16, 2)]
    [TestCase(1, 1)]
    public void Should_give_out_an_eighth_of_the_prefetch(int prefetch, int most)
    {
        var places = new WaitingPlaces(prefetch);
        Enumerable.Range(0, prefetch + 1).Count(_ => places.TryTake()).ShouldBe(most);
        places.Leave();
        places.TryTake().ShouldBeTrue();
        places.Taken.ShouldBe(most);
    }

    [Test]
    [Property("Rule", "S12")]
    public void Should_have_an_orphan_wait_once_elsewhere_for_all_that_is_left()
    {
        var budget = new RetryBudget(0, 0);
        budget.Next(new OrphanMessageException("not there"))!.Here.ShouldBe(TimeSpan.FromMilliseconds(100));

        var elsewhere = budget.Next(new OrphanMessageException("not there"))!.Elsewhere!;

        elsewhere.Reason.ShouldBe("orphan");
        elsewhere.Duration.ShouldBe(TimeSpan.FromMilliseconds(3300));
        new RetryBudget(elsewhere.Count.Value, 0).Next(new OrphanMessageException("not there")).ShouldBeNull();
    }

    [Test]
    public void Should_not_have_a_conflict_wait_elsewhere() =>
        new RetryBudget(0, 0).Next(new ConcurrencyConflictException("changed"))!.Elsewhere.ShouldBeNull();

    [Test]
    public void Should_count_the_waits_of_an_outage()
    {
        var budget = new RetryBudget(0, 5);
        budget.Next(new TimeoutException())!.Elsewhere!.Count.ShouldBe(new KeyValuePair<string, int>("outage-waits", 6));
        new RetryBudget(0, 19).Next(new TimeoutException()).ShouldNotBeNull();
    }
}
