using System.Text;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Transitions;

namespace SagaOrchestrator.Decisions.Tests;

/// <summary>
/// Walks every state that sagas of four plans can reach and gives every input to each. What happens is
/// <c>transitions.approved.md</c>; the test writes <c>transitions.received.md</c> beside the test's program when that is not so any more.
/// </summary>
public sealed class When_any_input_meets_any_state
{
    private static readonly List<Visit> Visits = [.. Walk.All()];

    [Test]
    [Property("Rule", "S13")]
    public void Should_do_what_the_approved_table_says()
    {
        var table = Table();
        var approved = Path.Combine(TestContext.CurrentContext.TestDirectory, "transitions.approved.md");
        var received = approved.Replace("approved", "received", StringComparison.Ordinal);
        File.WriteAllText(received, table);
        File.ReadAllText(approved)
            .ShouldBe(table, $"Read {received}; when it is what is wanted, copy it over tests/Decisions/transitions.approved.md.");
    }

    [Test]
    [Property("Rule", "S13")]
    public void Should_meet_every_state_and_every_input()
    {
        Visits.Select(visit => visit.Before.State).Distinct().ShouldBe(Enum.GetValues<SagaState>(), ignoreOrder: true);
        Visits
            .SelectMany(visit => visit.Before.Steps)
            .Select(step => step.State)
            .Distinct()
            .ShouldBe(Enum.GetValues<StepState>(), ignoreOrder: true);
        Visits
            .SelectMany(visit => visit.Before.Steps)
            .Select(step => step.Wait)
            .Distinct()
            .ShouldBe(Enum.GetValues<Wait>(), ignoreOrder: true);
        var inputs = typeof(SagaInput)
            .Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(SagaInput)));
        Visits.Select(visit => visit.Input.GetType()).Distinct().ShouldBe(inputs, ignoreOrder: true);
        Visits.Count.ShouldBeGreaterThan(10_000);
    }

    [Test]
    [Property("Rule", "S13")]
    public void Should_never_leave_a_saga_waiting_for_nothing()
    {
        foreach (var visit in Visits)
        {
            var after = visit.Decided.Progress;
            var isWaiting = after.Steps.Any(step => step.Timer is not null) || after.BeginDueAt is not null;
            var story = $"{Situation.Word(visit)} in {visit.Situation}";
            (after.State is SagaState.Started or SagaState.Pending or SagaState.Compensating).ShouldBe(
                isWaiting && after.State != SagaState.Parked,
                story
            );
            (after.State == SagaState.Parked).ShouldBe(after.Steps.Any(step => step.Wait == Wait.Operator), story);
        }
    }

    [Test]
    [Property("Rule", "S30")]
    public void Should_leave_an_ended_saga_ended()
    {
        foreach (var visit in Visits.Where(visit => visit.Before.HasEnded))
        {
            visit.Decided.Progress.State.ShouldBe(visit.Before.State, $"{Situation.Word(visit)} in {visit.Situation}");
        }
    }

    [Test]
    [Property("Rule", "S3")]
    public void Should_never_undo_two_steps_at_once_nor_beside_a_running_one()
    {
        foreach (var visit in Visits)
        {
            var after = visit.Decided.Progress;
            after.Steps.Count(step => step.State == StepState.Compensating).ShouldBeLessThanOrEqualTo(1);
            (
                after.Steps.Any(step => step.State == StepState.Compensating) && after.Steps.Any(step => step.State == StepState.Executing)
            ).ShouldBeFalse();
        }
    }

    private static string Table()
    {
        var text = new StringBuilder()
            .Append("# What every input does in every state\n\n")
            .Append(
                "Written by the test When_any_input_meets_any_state, from every state that sagas of four plans can reach. Where an input "
                    + "can lead to several\n"
            )
            .Append(
                "things, they depend on the step's policy, on its attempts, and on the other steps. \"Recorded and ignored\" leaves a "
                    + "line in the history.\n"
            )
            .Append(
                "An input is marked where the participants are known to be away, or silent, where an operator has stopped sending to "
                    + "them, and where the step may\n"
            )
            .Append("probe one that may be back (rule S38); only inputs for which that could matter are listed so.\n");
        var situations = Visits
            .GroupBy(visit => visit.Situation)
            .OrderBy(group => Order(group.Key), StringComparer.Ordinal)
            .Select(group => (group.Key, Rows: Rows(group)));
        foreach (
            var alike in situations.GroupBy(situation =>
                (situation.Key.Saga, situation.Key.Failing, situation.Key.Paused, situation.Key.Step, situation.Key.Wait, situation.Rows)
            )
        )
        {
            var kinds = string.Join(", ", alike.Select(situation => situation.Key.Kind).OfType<StepKind>());
            text.Append("\n## ")
                .Append(alike.First().Key)
                .Append(kinds.Length == 0 ? string.Empty : $" ({kinds})")
                .Append("\n\n| input | what happens |\n|---|---|\n")
                .Append(alike.Key.Rows);
        }

        return text.ToString();
    }

    private static string Rows(IEnumerable<Visit> visits) =>
        string.Concat(
            visits
                .GroupBy(visit => Situation.Word(visit))
                .Select(input =>
                    (
                        Input: input.Key,
                        Outcomes: string.Join(
                            " **or** ",
                            input.Select(Outcome.Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                        )
                    )
                )
                .GroupBy(row => row.Outcomes)
                .Select(rows => $"| {string.Join(", ", rows.Select(row => row.Input))} | {rows.Key} |\n")
        );

    private static string Order(Situation situation) =>
        string.Join(
            '.',
            new[]
            {
                (int)situation.Saga,
                situation.Failing ? 1 : 0,
                situation.Paused ? 1 : 0,
                (int?)situation.Kind ?? -1,
                (int?)situation.Step ?? -1,
                (int?)situation.Wait ?? -1,
            }.Select(number => $"{number + 1:00}")
        );
}
