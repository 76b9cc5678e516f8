using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>How webhooks are delivered, and whereto. Bound from the configuration section <c>Webhooks</c>.</summary>
public sealed record WebhookOptions
{
    /// <summary>
    /// Whether a receiver may be at an address that is not public: loopback, private, link-local, shared. For development, and for networks
    /// where whoever may register webhooks may reach everything anyway.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Whether a receiver may be asked over <c>http</c>, where everybody on the way reads along.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>How long a receiver has to answer.</summary>
    [Range(typeof(TimeSpan), "100ms", "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a delivery is tried, from its event on. At least one attempt is made.</summary>
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The pause after a first attempt that failed. Each further one doubles it, up to <see cref="LongestPause"/>.</summary>
    [Range(typeof(TimeSpan), "100ms", "1h")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two attempts.</summary>
    [Range(typeof(TimeSpan), "100ms", "1d")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How many webhooks there may be. Each is delivered by itself, one request at a time.</summary>
    [Range(1, 500)]
    public int Most { get; init; } = 50;
}
