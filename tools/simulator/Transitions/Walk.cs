using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Decisions.Rules;

namespace SagaOrchestrator.Decisions.Transitions;

/// <summary>Every state that sagas of some plans can reach, and what every input does there.</summary>
internal static class Walk
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Plans that have every kind of step, wait and stage between them.</summary>
    public static IReadOnlyList<PlanDefinition> Plans { get; } =
    [
        new("parallel", 1, [Command("first", 1), Command("left", 2), Command("right", 2) with { AfterUnknown = AfterUnknown.Enquire }]),
        new(
            "pivot",
            1,
            [
                Command("first", 1) with
                {
                    AfterUnknown = AfterUnknown.Compensate,
                },
                Command("final", 2) with
                {
                    Kind = StepKind.Pivot,
                    HasCompensation = false,
                    AfterUnknown = AfterUnknown.Enquire,
                },
                Command("after", 3) with
                {
                    Kind = StepKind.Retriable,
                    HasCompensation = false,
                },
                new("pickup", string.Empty, TimeSpan.FromMinutes(1))
                {
                    Stage = 4,
                    Kind = StepKind.Retriable,
                    Signal = "pickup",
                },
            ],
            TimeSpan.FromHours(1)
        ),
        new(
            "retried",
            1,
            [
                Command("check", 1) with
                {
                    Kind = StepKind.NoEffect,
                    HasCompensation = false,
                },
                Command("final", 2) with
                {
                    Kind = StepKind.Pivot,
                    HasCompensation = false,
                    Conditional = true,
                },
                Command("left", 3) with
                {
                    Kind = StepKind.Retriable,
                    HasCompensation = false,
                },
                Command("right", 3) with
                {
                    Kind = StepKind.Retriable,
                    HasCompensation = false,
                },
            ]
        ),
        new(
            "signal",
            1,
            [
                Command("check", 1) with
                {
                    Kind = StepKind.NoEffect,
                    HasCompensation = false,
                    AfterUnknown = AfterUnknown.Enquire,
                },
                Command("first", 2),
                new("approve", string.Empty, TimeSpan.FromMinutes(1))
                {
                    Stage = 2,
                    Kind = StepKind.NoEffect,
                    Signal = "approval",
                },
                Command("extra", 3) with
                {
                    Conditional = true,
                },
            ],
            TimeSpan.FromHours(1)
        ),
    ];

    private static readonly Guid Saga = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly Guid CommandKey = Guid.Parse("66666666-7777-8888-9999-000000000000");
    private static readonly AbsenceKind[] Timed = [AbsenceKind.Away, AbsenceKind.Silent, AbsenceKind.Stopped, AbsenceKind.Probed];
    private static readonly AbsenceKind[] Others = [AbsenceKind.Stopped];

    /// <summary>Takes every step of the walk once.</summary>
    public static IEnumerable<Visit> All() => Plans.SelectMany(plan => Of(plan, applies: true).Concat(Of(plan, applies: false)));

    private static IEnumerable<Visit> Of(PlanDefinition plan, bool applies)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<SagaProgress>([SagaProgress.New(Saga, CommandKey, plan, Beginning)]);
        while (open.TryDequeue(out var progress))
        {
            foreach (var visit in Inputs(plan, progress).SelectMany(input => Visits(plan, progress, input, applies)))
            {
                yield return visit;
                if (IsNear(visit) && seen.Add(Key(plan, visit.Decided.Progress)))
                {
                    open.Enqueue(visit.Decided.Progress);
                }
            }
        }
    }

    // An operator can grant new attempts for ever; two are enough to have seen what follows. After an absence or a pause a saga is where
    // others are, or waits on.
    private static bool IsNear(Visit visit) =>
        visit.Absence != AbsenceKind.Probed
        && visit.Decided.Progress.Steps.All(step => step.Attempt <= 3 && step.UndoAttempt <= 3 && step.Enquiries <= 4)
        && visit.Before.Steps.All(step => step.Absence is null)
        && visit.Before.Pause is null;

    // Timers ask whether the participant is there; whatever would send something asks whether it may (rule S38).
    private static IEnumerable<Visit> Visits(PlanDefinition plan, SagaProgress progress, SagaInput input, bool applies)
    {
        var usual = Visit(plan, progress, input, applies, absence: null);
        yield return usual;
        var isTimed = input is TimerFired && usual.Subject is { } step && progress.Steps[step].Timer is not null;
        var asks = isTimed || usual.Decided.Decisions.Any(decision => decision is SendCommand or SendEnquiry);
        foreach (
            var absence in isTimed ? Timed
            : asks ? Others
            : []
        )
        {
            yield return Visit(plan, progress, input, applies, absence);
        }
    }

    private static Visit Visit(PlanDefinition plan, SagaProgress progress, SagaInput input, bool applies, AbsenceKind? absence)
    {
        var found = absence is { } kind ? new Absence(kind, Beginning, "why") : null;
        var decided = SagaDecider.Decide(
            plan,
            progress,
            input,
            new DecisionContext(Latest(progress), 0, (_, _) => applies, AbsenceOf: _ => found)
        );
        return new Visit(plan, progress, input, decided) { Absence = absence };
    }

    // Late enough for every timer that is armed.
    private static DateTimeOffset Latest(SagaProgress progress) =>
        progress.Steps.Select(step => step.DueAt).Append(progress.BeginDueAt).Append(progress.DeadlineAt).Max() ?? Beginning;

    private static IEnumerable<SagaInput> Inputs(PlanDefinition plan, SagaProgress progress)
    {
        yield return new Begin();
        yield return new TimerFired(SagaTimer.Begin);
        yield return new TimerFired(SagaTimer.Deadline);
        yield return new Cancel("who", "why");
        yield return new PauseSaga("who", "why");
        yield return new ResumeSaga("who", "why");
        yield return new ExtendDeadline(null, Latest(progress).AddDays(1), "who", "why");
        foreach (var signal in plan.Steps.Select(step => step.Signal).OfType<string>())
        {
            yield return new SignalReceived(Guid.Parse("11111111-2222-3333-4444-000000000001"), signal);
            yield return new SignalReceived(Guid.Parse("11111111-2222-3333-4444-000000000002"), signal, "no", "No.");
        }

        foreach (var input in progress.Steps.SelectMany(step => OfStep(progress, step)))
        {
            yield return input;
        }
    }

    private static IEnumerable<SagaInput> OfStep(SagaProgress progress, StepProgress step)
    {
        var execute = progress.CommandId(step.Name, Direction.Do);
        var undo = progress.CommandId(step.Name, Direction.Undo);
        var (attempt, undoAttempt) = (step.Attempt, step.UndoAttempt);
        return
        [
            new TimerFired(step.Timer?.Name ?? $"{step.Name}/do/9/reply"),
            new StepSucceeded(step.Name, execute, attempt),
            new ResultRefused(step.Name, execute, attempt, "reason"),
            new StepRejected(step.Name, execute, attempt, "code", "reason"),
            new StepFaulted(step.Name, execute, attempt, "code", "reason"),
            new StepNotDone(step.Name, execute, attempt),
            new StepProgressed(step.Name, execute, attempt),
            new CompensationSucceeded(step.Name, undo, undoAttempt),
            new CompensationFailed(step.Name, undo, undoAttempt, "code", "reason"),
            new RetryNow(step.Name, "who", "why"),
            new SkipCompensation(step.Name, "who", "why"),
            new ResolveAsDone(step.Name, "who", "why"),
            new ResolveAsNotDone(step.Name, "who", "why"),
            new ExtendDeadline(step.Name, Latest(progress).AddDays(1), "who", "why"),
            new Rearm(step.Name, "who", "why"),
        ];
    }

    // Of those that are paused, or wait for an absent participant, one in each situation is enough.
    private static string Key(PlanDefinition plan, SagaProgress progress)
    {
        if (progress.Pause is not null)
        {
            return $"paused {progress.State} {progress.ForwardFailure is null} "
                + string.Join(", ", progress.Steps.Select(step => $"{step.State} {step.Wait}"));
        }

        var absent = Array.FindIndex([.. progress.Steps], step => step.Absence is not null);
        return absent < 0
            ? Key(progress)
            : $"{progress.Steps[absent].Name} {progress.Steps[absent].Absence!.Kind} {Situation.Of(plan, progress, absent)}";
    }

    private static string Key(SagaProgress progress) =>
        $"{progress.State} {progress.ForwardFailure is null} {progress.DeadlineAt is null} "
        + $"{string.Join(',', progress.Signals.Select(signal => $"{signal.Name}{signal.Declined is null}{signal.Step}"))} "
        + string.Join(
            ", ",
            progress.Steps.Select(step =>
                $"{step.State} {step.Attempt}-{step.Forgiven} {step.UndoAttempt} {step.Enquiries}-{step.ForgivenEnquiries} "
                + $"{step.CalledNotDone} {step.RefusedResult is null} {step.Wait}"
            )
        );

    private static StepDefinition Command(string name, int stage) =>
        new(name, "somewhere", TimeSpan.FromMinutes(1))
        {
            Stage = stage,
            HasCompensation = true,
            Retry = new RetryPolicy(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
            CompensationRetry = new RetryPolicy(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        };
}

/// <summary>One input in one state, and what was decided.</summary>
internal sealed record Visit(PlanDefinition Plan, SagaProgress Before, SagaInput Input, Decided Decided)
{
    /// <summary>What the decider was told of the participants; null when all are there.</summary>
    public AbsenceKind? Absence { get; init; }

    public int? Subject => Situation.SubjectOf(Before, Input);

    public Situation Situation => Situation.Of(Plan, Before, Subject);
}
