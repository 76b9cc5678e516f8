using System.Text.Json;

namespace SagaOrchestrator.Host.Plans;

/// <summary>What a plan can know about a running saga when it makes a command.</summary>
public sealed class SagaData
{
    private readonly string data;
    private readonly IReadOnlyDictionary<string, JsonElement> results;

    internal SagaData(Guid sagaId, string data, IReadOnlyDictionary<string, JsonElement> results)
    {
        SagaId = sagaId;
        this.data = data;
        this.results = results;
    }

    /// <summary>The saga's id.</summary>
    public Guid SagaId { get; }

    /// <summary>The result of an earlier step, or the data of its signal; null when it has none (yet).</summary>
    /// <typeparam name="T">The record that the participant answered with.</typeparam>
    /// <param name="step">The step's name.</param>
    public T? Result<T>(string step)
        where T : class =>
        results.TryGetValue(step, out var result) ? SagaJson.Stored<T>(result.GetRawText()) : null;

    internal static SagaData WithoutResults<T>(T data) =>
        new(Guid.Empty, JsonSerializer.Serialize(data, SagaJson.Options), new Dictionary<string, JsonElement>());

    internal T Read<T>() => SagaJson.Stored<T>(data);
}
