namespace SagaOrchestrator.Simulator.Worlds;

/// <summary>Where every choice of a run comes from: a seed, or the recorded choices of another run.</summary>
internal sealed class Choices
{
    private ulong state;
    private int[]? script;
    private int at;
    private List<int>? record;

    public void FromSeed(ulong seed, List<int>? recording = null)
    {
        state = seed;
        script = null;
        record = recording;
    }

    /// <summary>Plays recorded choices; when they are used up, the first possibility is always chosen, which is the harmless one.</summary>
    public void FromScript(int[] choices)
    {
        script = choices;
        at = 0;
        record = null;
    }

    /// <summary>A number from 0 up to <paramref name="count"/>.</summary>
    public int Below(int count)
    {
        if (script is not null)
        {
            return at < script.Length ? script[at++] % count : 0;
        }

        // SplitMix64: a few instructions, and every seed gives another sequence.
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        var choice = (int)(((mixed >> 32) * (ulong)count) >> 32);
        record?.Add(choice);
        return choice;
    }

    /// <summary>True once in <paramref name="times"/>; never when the script is used up.</summary>
    public bool OneIn(int times) => Below(times) == times - 1;
}
