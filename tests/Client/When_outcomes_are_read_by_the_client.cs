namespace SagaOrchestrator.Client.Tests;

public sealed class When_outcomes_are_read_by_the_client
{
    [Test]
    public async Task Should_have_every_outcome_once_and_go_on_where_it_was()
    {
        var client = Caller();
        var started = new List<Guid>();
        for (var count = 0; count < 6; count++)
        {
            started.Add((await client.Start("order-fulfillment", Order(token: count % 2 == 0 ? "tok_visa" : "tok_declined"))).Saga.Id);
        }

        var (seen, position) = (new List<SagaOutcome>(), 0L);
        while (started.Except(seen.Select(outcome => outcome.SagaId)).Any())
        {
            // Whoever loses everything but the position goes on from there.
            var next = await client.Outcomes(position, ["order-fulfillment"]).FirstAsync();
            seen.Add(next);
            position = next.Position;
        }

        seen.Select(outcome => outcome.SagaId).ShouldBeUnique();
        seen.Select(outcome => outcome.Position).ShouldBeInOrder();
        seen.Count(outcome => started.Contains(outcome.SagaId) && outcome.Verdict == "Completed").ShouldBe(3);
        seen.First(outcome => outcome.Verdict == "Undone").Error!.Step.ShouldBe("process_payment");
    }
}
