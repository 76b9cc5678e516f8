using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Http.StartSaga;

/// <summary>How many starts are taken at once, and how long a caller is kept. Bound from the configuration section <c>Starts</c>.</summary>
internal sealed record StartLimits
{
    /// <summary>
    /// How many starts may be on their way in this replica. More are answered 429, so that those that are accepted stay fast.
    /// </summary>
    [Range(1, 100_000)]
    public int AtOnce { get; init; } = 1000;

    /// <summary>
    /// After it a start whose commit is still on its way is answered 503. It may be durable or not; the same start again tells.
    /// </summary>
    [Range(typeof(TimeSpan), "1ms", "10m")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Adds the limit.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.Read<StartLimits>("Starts");
        services.AddSingleton(_ => new StartPermits(limits));
    }
}
