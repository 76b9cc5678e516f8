using System.Text.Json;
using SagaOrchestrator.Documents.Expressions;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Documents.Mapping;

/// <summary>What a step that can be looked back on results in.</summary>
/// <param name="Step">The step.</param>
/// <param name="Signal">Its signal; null for a command.</param>
/// <param name="Shape">What the result may be; null when the document does not say.</param>
internal sealed record KnownResult(string Step, string? Signal, Shape? Shape);

/// <summary>What mappings and expressions of one place can look at: the saga's data, and results of steps.</summary>
internal sealed class Scope(Shape data, IReadOnlyList<KnownResult> results)
{
    /// <summary>The names of the roots.</summary>
    public static IReadOnlyList<string> Names { get; } = ["data", "results", "signals", "saga"];

    /// <summary>The shapes of the roots. A step whose result is not described may hold anything.</summary>
    public ObjectShape Shape { get; } =
        ObjectShape.Of(
            "roots",
            isClosed: true,
            [
                new Field("data", data, IsRequired: true),
                new Field("results", Of(results.Where(result => result.Signal is null), result => result.Step), IsRequired: true),
                new Field("signals", Of(results.Where(result => result.Signal is not null), result => result.Signal!), IsRequired: true),
                new Field(
                    "saga",
                    ObjectShape.Of("saga", isClosed: true, [new Field("id", new IdShape(), IsRequired: true)]),
                    IsRequired: true
                ),
            ]
        );

    /// <summary>What the roots are of a saga.</summary>
    public Dictionary<string, object?> Of(JsonSaga saga) =>
        new(StringComparer.Ordinal)
        {
            ["data"] = Values.Of(saga.Data, data),
            ["results"] = Held(saga, isSignal: false),
            ["signals"] = Held(saga, isSignal: true),
            ["saga"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = saga.Id.ToString() },
        };

    /// <summary>The value at the end of a pointer, and its shape; null when there is none.</summary>
    public (JsonElement Value, Shape? Shape)? At(JsonSaga saga, Pointer pointer)
    {
        switch (pointer.Root)
        {
            case "data":
                return pointer.Follow(saga.Data, data, from: 1);
            case "saga":
                return (JsonSerializer.SerializeToElement(saga.Id), null);
            default:
                var known = Find(pointer);
                return known is not null && saga.Results.TryGetValue(known.Step, out var result)
                    ? pointer.Follow(result, known.Shape, from: 2)
                    : null;
        }
    }

    private KnownResult? Find(Pointer pointer) =>
        results.FirstOrDefault(result =>
            pointer.Root == "signals" ? result.Signal == pointer.Names[1] : result.Signal is null && result.Step == pointer.Names[1]
        );

    private Dictionary<string, object?> Held(JsonSaga saga, bool isSignal)
    {
        var held = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var known in results.Where(result => result.Signal is not null == isSignal))
        {
            if (saga.Results.TryGetValue(known.Step, out var result))
            {
                held[known.Signal ?? known.Step] = Values.Of(result, known.Shape);
            }
        }

        return held;
    }

    private static ObjectShape Of(IEnumerable<KnownResult> results, Func<KnownResult, string> name) =>
        ObjectShape.Of(
            "results",
            isClosed: true,
            results
                .DistinctBy(name)
                .Take(64)
                .Select(result => new Field(name(result), result.Shape ?? new FreeShape(IsObject: false), IsRequired: false))
        );
}
