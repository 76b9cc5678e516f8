namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>What can happen next. Deliver comes first, because it is what a run falls back to when its choices are used up.</summary>
internal enum Happening
{
    Deliver,
    Sweep,
    FireTimer,
    FireTimerTwice,
    FireTimerEarly,
    FireOldTimer,
    DeliverWithFault,
    Duplicate,
    CopyUnderAnotherId,
    DeadLetter,
    Redrive,
    ExpireInboxRow,
    FinishDeferredWork,
    Heartbeat,
    Signal,
    SignalAgain,
    Operate,
    Cancel,
    Pause,
    Extend,
    Forge,
    Deploy,
    BusyUndoing,
    PlanFails,
    Absence,
}

/// <summary>
/// How often each thing happens, drawn anew for every run, so that some runs are all timers and others all crashes (swarm testing).
/// </summary>
internal sealed class Weights
{
    private static readonly int Count = Enum.GetValues<Happening>().Length;
    private static readonly int[] Levels = [1, 0, 1, 2, 4, 8];

    private readonly int[] weights = new int[Count];
    private int outcome;
    private int undoing;

    public void Draw(Choices choices)
    {
        for (var index = 0; index < Count; index++)
        {
            weights[index] = Levels[choices.Below(Levels.Length)];
        }

        // Something must be able to happen.
        weights[(int)Happening.Deliver] += 2;
        weights[(int)Happening.Sweep] += 1;
        outcome = choices.Below(4);
        undoing = choices.Below(4);
        // Where compensations always fail, there is something for operators to do.
        weights[(int)Happening.Operate] += undoing == 3 ? 8 : 0;
        if (choices.Below(2) == 0)
        {
            // A saga that rests half of its time meets less.
            weights[(int)Happening.Pause] = weights[(int)Happening.Extend] = 0;
        }
    }

    public Happening Pick(Choices choices)
    {
        var sum = 0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var drawn = choices.Below(sum);
        for (var index = 0; index < Count; index++)
        {
            drawn -= weights[index];
            if (drawn < 0)
            {
                return (Happening)index;
            }
        }

        return Happening.Deliver;
    }

    /// <summary>How a participant's work turns out: in a quarter of the runs always well, in the others in every way.</summary>
    public int Outcome(Choices choices, int kinds) =>
        outcome == 0 ? 0
        : choices.Below(outcome == 3 ? kinds : kinds * 3) is var drawn && drawn < kinds ? drawn
        : 0;

    /// <summary>Whether a compensation fails: in a quarter of the runs never, in another always.</summary>
    public bool UndoFails(Choices choices) =>
        undoing switch
        {
            0 => false,
            3 => true,
            _ => choices.Below(2) == 1,
        };
}
