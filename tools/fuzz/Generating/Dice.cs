namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>What one case is drawn from: seed, kind and number, so that it can be drawn again without the others.</summary>
internal sealed class Dice(int seed, int kind, int number)
{
    private readonly Random random = new(unchecked((seed * 7_368_787) + (kind * 104_729) + number));

    public int Below(int most) => random.Next(most);

    public bool OneIn(int many) => random.Next(many) == 0;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public Guid Id()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
