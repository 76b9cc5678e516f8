using System.Text.Json;

namespace SagaOrchestrator.Plans;

/// <summary>What a plan can know about a running saga when it makes a command.</summary>
public sealed class SagaData
{
    private readonly StartData start;
    private readonly IReadOnlyDictionary<string, JsonElement> results;

    internal SagaData(Guid sagaId, StartData start, IReadOnlyDictionary<string, JsonElement> results)
    {
        SagaId = sagaId;
        this.start = start;
        this.results = results;
    }

    /// <summary>The saga's id.</summary>
    public Guid SagaId { get; }

    /// <summary>The result of an earlier step, or the data of its signal; null when it has none (yet).</summary>
    /// <typeparam name="T">The record that the participant answered with.</typeparam>
    /// <param name="step">The step, as the plan got it from <c>Step&lt;T&gt;(name, out var step)</c>.</param>
    public T? Result<T>(StepResult<T> step)
        where T : class => results.TryGetValue(step.Step, out var result) ? Marked<T>.Read(result.GetRawText()) : null;

    internal static SagaData WithoutResults<T>(T data) =>
        new(Guid.Empty, new StartData(JsonSerializer.Serialize(data, SagaJson.Options)), new Dictionary<string, JsonElement>());

    internal T Read<T>()
        where T : class => start.Read<T>();

    internal JsonSaga AsJson() => new(SagaId, start.ReadJson(), results);
}

/// <summary>
/// A saga's data as it is stored, parsed when it is read for the first time. A plan makes all commands of a saga from the same object.
/// </summary>
/// <param name="json">The data as it is stored.</param>
public sealed class StartData(string json)
{
    private object? parsed;

    /// <summary>The data, as the type that the plan starts with.</summary>
    public T Read<T>()
        where T : class => (T)(parsed ??= Marked<T>.Read(json));

    internal JsonElement ReadJson() => (JsonElement)(parsed ??= SagaJson.Stored<JsonElement>(json));
}
