using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>When a participant counts as away, and when as back (rule S38). Bound from the configuration section <c>Breakers</c>.</summary>
public sealed record BreakerOptions
{
    /// <summary>Whether breakers open by themselves. What an operator sets holds in any case.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>How often a node looks at the queues, and at what operators have set.</summary>
    [Range(typeof(TimeSpan), "10ms", "1m")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a queue must be without consumer: longer than a reconnect takes.</summary>
    [Range(typeof(TimeSpan), "0s", "1h")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many sagas must have waited in vain since the participant's last answer of any kind.</summary>
    [Range(1, 100_000)]
    public int SilentSagas { get; init; } = 5;

    /// <summary>
    /// How long until a few steps try whether a silent participant is back; each time in vain doubles it, up to a minute.
    /// </summary>
    [Range(typeof(TimeSpan), "10ms", "1h")]
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a few steps have for that.</summary>
    [Range(typeof(TimeSpan), "10ms", "1h")]
    public TimeSpan ProbeFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After so long a participant that takes every message and answers none is held to be slow, not away: each saga's own attempts count
    /// again.
    /// </summary>
    [Range(typeof(TimeSpan), "10s", "7d")]
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many steps try, on each node.</summary>
    [Range(1, 1000)]
    public int Probes { get; init; } = 3;

    /// <summary>How many answers close the breaker.</summary>
    [Range(1, 1000)]
    public int AnswersToClose { get; init; } = 3;
}
