using SagaOrchestrator.Decisions.Transitions;

namespace SagaOrchestrator.Explanations.Tests;

/// <summary>Every state of the decider's walk is explained, and what is said of it is held to the decider.</summary>
public sealed class When_any_state_is_explained
{
    private static readonly (PlanDefinition Plan, SagaProgress Progress, SagaExplanation Explained)[] All =
    [
        .. Told
            .Visits.Select(visit => (visit.Plan, Progress: visit.Decided.Progress))
            .DistinctBy(state => (state.Plan.Type, Look(state.Progress)))
            .Select(state =>
                (state.Plan, state.Progress, SagaExplainer.Explain(new SagaFacts(state.Plan, state.Progress, Time(state.Progress))))
            ),
    ];

    [Test]
    public void Should_have_seen_every_state()
    {
        All.Length.ShouldBeGreaterThan(1000);
        All.Select(one => one.Progress.State).Distinct().ShouldBe(Enum.GetValues<SagaState>(), ignoreOrder: true);
    }

    [Test]
    public void Should_say_what_it_waits_for_or_how_it_ended()
    {
        foreach (var (_, progress, explained) in All)
        {
            explained.Sentences.ShouldNotBeEmpty();
            explained.Sentences.Where(sentence => !IsSentence(sentence)).ShouldBeEmpty();
            explained.WaitsFor.IsEmpty.ShouldBe(progress.HasEnded);
            (explained.Verdict is not null).ShouldBe(progress.HasEnded);
            explained
                .WaitsFor.Where(wait => wait.Step is not null)
                .Select(wait => wait.Step)
                .ShouldBe(progress.Steps.Where(step => step.Wait != Wait.None).Select(step => step.Name));
        }
    }

    [Test]
    public void Should_say_of_every_move_what_the_decider_says()
    {
        foreach (var (plan, progress, explained) in All)
        {
            foreach (var move in explained.Moves)
            {
                var decided = Decide(plan, progress, Input(move, progress), Time(progress));
                var refused = decided.Decisions.OfType<Refuse>().FirstOrDefault();
                move.IsPossible.ShouldBe(refused is null && !ReferenceEquals(decided.Progress, progress), move.Sentence);
                if (refused is not null)
                {
                    (move.Code, move.Reason).ShouldBe((refused.Code, refused.Reason));
                }

                ShouldSaySameAs(decided, move.Consequences, move.IsPossible);
            }
        }
    }

    [Test]
    public void Should_leave_out_no_move_that_the_decider_accepts()
    {
        foreach (var (plan, progress, explained) in All)
        {
            foreach (var input in progress.Steps.SelectMany(step => OfStep(progress, step)).Concat(OfSaga(progress)))
            {
                var decided = Decide(plan, progress, input, Time(progress));
                var isAccepted = !decided.Decisions.Any(decision => decision is Refuse) && !ReferenceEquals(decided.Progress, progress);
                explained
                    .Moves.Any(move => move.IsPossible && Same(Input(move, progress), input))
                    .ShouldBe(isAccepted, $"{input} of {Look(progress)}");
            }
        }
    }

    [Test]
    public void Should_say_of_every_timer_what_the_decider_does_when_it_fires()
    {
        foreach (var (plan, progress, explained) in All)
        {
            explained.Timers.FirstOrDefault()?.DueAt.ShouldBe(progress.NextTimer!.DueAt);
            explained.Timers.Length.ShouldBe(progress.Pause is null ? Armed(progress).Count() : 0);
            foreach (var timer in explained.Timers)
            {
                var at = timer.DueAt > Time(progress) ? timer.DueAt : Time(progress);
                ShouldSaySameAs(Decide(plan, progress, new TimerFired(timer.Name), at), timer.Consequences, isAccepted: true);
            }
        }
    }

    [Test]
    [Property("Rule", "S3")]
    public void Should_say_what_would_be_undone_as_the_decider_undoes_it()
    {
        var undone = 0;
        foreach (var (plan, progress, explained) in All.Where(one => !one.Progress.HasEnded))
        {
            var cancelled = Decide(plan, progress, new Cancel("who", "why"), Time(progress));
            if (cancelled.Decisions.Any(decision => decision is Refuse { Code: "after-pivot" }))
            {
                explained.IfItFailedNow.IsPossible.ShouldBeFalse();
                continue;
            }

            explained.IfItFailedNow.IsPossible.ShouldBeTrue();
            explained.IfItFailedNow.Steps.Select(step => step.Step).ShouldBe(Reverse(plan, progress), Look(progress));
            if (!cancelled.Decisions.Any(decision => decision is Refuse))
            {
                var compensated = Ended(plan, cancelled.Progress).Compensated.Skip(progress.Compensated.Length);
                explained.IfItFailedNow.Steps.Select(step => step.Step).ShouldBe(compensated, Look(progress));
                undone++;
            }
        }

        undone.ShouldBeGreaterThan(100);
    }

    [Test]
    public void Should_never_be_at_an_attempt_beyond_the_last()
    {
        foreach (var step in All.SelectMany(one => one.Explained.Steps))
        {
            (step.Attempt <= (step.OfAttempts ?? int.MaxValue)).ShouldBeTrue(step.ToString());
            (step.UndoAttempt <= (step.OfUndoAttempts ?? int.MaxValue)).ShouldBeTrue(step.ToString());
        }

        foreach (var wait in All.SelectMany(one => one.Explained.WaitsFor))
        {
            (wait.Attempt is not { } attempt || attempt <= (wait.OfAttempts ?? int.MaxValue)).ShouldBeTrue(wait.Sentence);
        }
    }

    [Test]
    public void Should_draw_every_state()
    {
        var looks = All.Select(one => one.Explained)
            .DistinctBy(one => (one.Type, one.State, string.Join(' ', one.Steps.Select(step => step.Phase))));
        foreach (var explained in looks)
        {
            var svg = System.Xml.Linq.XDocument.Parse(Diagrams.SvgDiagram.Of(explained));
            svg.Descendants().Count(node => node.Name.LocalName == "g").ShouldBe(explained.Steps.Length + 2);
            Diagrams.MermaidDiagram.Of(explained).ShouldContain("flowchart LR");
        }
    }

    private static bool IsSentence(string text) =>
        text.EndsWith('.') && char.IsUpper(text[0]) && !text.Contains("  ", StringComparison.Ordinal);

    // Every command, question and end that is decided is told, and no other.
    private static void ShouldSaySameAs(Decided decided, IEnumerable<Consequence> consequences, bool isAccepted)
    {
        var told = consequences
            .Where(one =>
                one.Kind
                    is ConsequenceKind.Starts
                        or ConsequenceKind.Sends
                        or ConsequenceKind.Undoes
                        or ConsequenceKind.Asks
                        or ConsequenceKind.Fences
            )
            .Select(one => one.Step)
            .ToArray();
        var sent = decided
            .Decisions.Select(decision =>
                decision is SendCommand command ? command.Step
                : decision is SendEnquiry asked ? asked.Step
                : null
            )
            .OfType<string>()
            .ToArray();
        told.ShouldBe(isAccepted ? sent : []);
        consequences
            .Count(one => one.Kind is ConsequenceKind.Ends or ConsequenceKind.Parks)
            .ShouldBe(isAccepted ? decided.Decisions.Count(decision => decision is PublishEvent) : 0);
    }

    // Started last, undone first: of those that are done, or of which nobody knows, and that have something to undo.
    private static IEnumerable<string> Reverse(PlanDefinition plan, SagaProgress progress) =>
        progress
            .Steps.Where(step =>
                plan.Find(step.Name)!.Kind == StepKind.Compensatable
                && step.State is StepState.Executing or StepState.Completed or StepState.Unknown or StepState.Compensating
            )
            .OrderByDescending(step => step.StartOrder)
            .Select(step => step.Name);

    private static SagaProgress Ended(PlanDefinition plan, SagaProgress progress)
    {
        progress = progress with { Pause = null };
        while (!progress.HasEnded)
        {
            var step = progress.Steps.FirstOrDefault(step => step.State == StepState.Compensating);
            SagaInput input = step is null
                ? new TimerFired(progress.NextTimer!.Name)
                : new CompensationSucceeded(step.Name, progress.CommandId(step.Name, Direction.Undo), step.UndoAttempt);
            progress = Decide(plan, progress, input, progress.NextTimer?.DueAt ?? Time(progress)).Progress;
        }

        return progress;
    }

    private static Decided Decide(PlanDefinition plan, SagaProgress progress, SagaInput input, DateTimeOffset now) =>
        SagaDecider.Decide(plan, progress, input, new DecisionContext(now, 0.5, (_, _) => true));

    private static DateTimeOffset Time(SagaProgress progress) =>
        Armed(progress).Append(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Min();

    private static IEnumerable<DateTimeOffset> Armed(SagaProgress progress) =>
        progress.Steps.Select(step => step.DueAt).Append(progress.BeginDueAt).Append(progress.DeadlineAt).OfType<DateTimeOffset>();

    private static DateTimeOffset Later(DateTimeOffset? due, SagaProgress progress) =>
        (due > Time(progress) ? due.Value : Time(progress)).AddDays(1);

    private static IEnumerable<SagaInput> OfSaga(SagaProgress progress) =>
        [
            new Cancel("who", "why"),
            new PauseSaga("who", "why"),
            new ResumeSaga("who", "why"),
            new ExtendDeadline(null, Later(progress.DeadlineAt, progress), "who", "why"),
        ];

    private static IEnumerable<SagaInput> OfStep(SagaProgress progress, StepProgress step) =>
        [new ExtendDeadline(step.Name, Later(step.DueAt, progress), "who", "why"), .. OfStep(step.Name)];

    private static IEnumerable<SagaInput> OfStep(string step) =>
        [
            new RetryNow(step, "who", "why"),
            new SkipCompensation(step, "who", "why"),
            new ResolveAsDone(step, "who", "why"),
            new ResolveAsNotDone(step, "who", "why"),
        ];

    private static SagaInput Input(MoveExplanation move, SagaProgress progress) =>
        move.Kind switch
        {
            MoveKind.Pause => new PauseSaga("who", "why"),
            MoveKind.Resume => new ResumeSaga("who", "why"),
            MoveKind.Extend => new ExtendDeadline(
                move.Step,
                Later(move.Step is { } step ? progress.Find(step)!.DueAt : progress.DeadlineAt, progress),
                "who",
                "why"
            ),
            MoveKind.Cancel => new Cancel("who", "why"),
            MoveKind.Retry => new RetryNow(move.Step!, "who", "why"),
            MoveKind.Skip => new SkipCompensation(move.Step!, "who", "why"),
            MoveKind.ResolveAsDone => new ResolveAsDone(move.Step!, "who", "why"),
            MoveKind.ResolveAsNotDone => new ResolveAsNotDone(move.Step!, "who", "why"),
            MoveKind.Signal => new SignalReceived(Guid.AllBitsSet, move.Signal!),
            _ => new SignalReceived(Guid.AllBitsSet, move.Signal!, "no", "No."),
        };

    private static bool Same(SagaInput one, SagaInput other) => one == other;

    private static string Look(SagaProgress progress) =>
        string.Join(
            ' ',
            (object?[])
                [
                    progress.State,
                    progress.Pause is null,
                    progress.ForwardFailure?.Code,
                    progress.DeadlineAt is null,
                    .. progress.Steps.Select(Look),
                ]
        );

    private static string Look(StepProgress step) =>
        string.Join(
            '-',
            (object?[])
                [
                    step.State,
                    step.StartOrder,
                    step.Attempt,
                    step.UndoAttempt,
                    step.Enquiries,
                    step.CalledNotDone,
                    step.RefusedResult is null,
                    step.Wait,
                    step.Absence?.Kind,
                ]
        );
}
