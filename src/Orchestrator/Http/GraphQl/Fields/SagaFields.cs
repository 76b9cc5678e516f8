using System.Globalization;
using System.Text.Json;
using GraphQL.DataLoader;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Explanations.Answers;
using SagaOrchestrator.Explanations.Timelines;
using SagaOrchestrator.Http.GetHistory;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.GraphQl.Asking;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Http.GraphQl.Fields;

/// <summary>What is read of a saga beside its place in a list: together for all sagas of a page.</summary>
internal static class SagaFields
{
    public static object? ById(FieldRead field) => Status(field, field.Id("id"));

    public static object? ByKey(FieldRead field) => Status(field, SagaIds.OfSaga(field.Text("type")!, field.Text("businessKey")!));

    public static object? OfItem(FieldRead field) => Status(field, IdOf(field));

    public static object? History(FieldRead field)
    {
        var reader = new ParameterReader();
        var first = reader.Number("first", field.Text("first"), 50, 1, GetHistoryEndpoint.PageSize);
        var after = reader.Number("after", field.Text("after"), 0, 0, int.MaxValue);
        if (reader.Errors.Count > 0)
        {
            throw new RefusedRead(Problem.Invalid(reader.Errors));
        }

        // One more than asked for tells whether there is more.
        return field.Request.Load<IReadOnlyList<TimelineEntry>>(
            string.Create(CultureInfo.InvariantCulture, $"history {first} {after}"),
            IdOf(field),
            (ids, cancellationToken) => field.Service<SagaExplanations>().Timelines(ids, after, first + 1, cancellationToken),
            entries => entries is null ? null : Page(entries, first, after)
        );
    }

    public static object? Explain(FieldRead field) =>
        field.Request.Load<Explained>(
            "explain",
            IdOf(field),
            async (ids, cancellationToken) =>
                (await field.Service<SagaExplanations>().ExplainAll(ids, cancellationToken)).ToDictionary(
                    one => one.Key,
                    one => new Explained(one.Value)
                ),
            explained =>
                explained is null ? null
                : explained.Value is { } value ? JsonSerializer.SerializeToElement(value, ApiJson.Options)
                : throw NotHere(field)
        );

    private static IDataLoaderResult Status(FieldRead field, Guid id) =>
        field.Request.Load<SagaStatus>(
            "status",
            id,
            (ids, cancellationToken) => Statuses(field, ids, cancellationToken),
            status => status is null ? null : JsonSerializer.SerializeToElement(status, ApiJson.Options)
        );

    private static async Task<IReadOnlyDictionary<Guid, SagaStatus>> Statuses(
        FieldRead field,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var letters = await field.Service<SagaDeadLetters>().OfSagas(ids, GetSagaEndpoint.MostLetters, cancellationToken);
        var sagas = await field.Service<SagaExplanations>().GetAll(ids, cancellationToken);
        var paths = ApiPaths.Of(field.Http);
        return sagas.ToDictionary(
            saga => saga.Key,
            saga => SagaStatus.Of(saga.Value.Saga, paths, saga.Value.Explanation, [.. letters[saga.Key]])
        );
    }

    private static JsonElement Page(IReadOnlyList<TimelineEntry> entries, int first, int after)
    {
        var edges = entries
            .Take(first)
            .Select(entry => new Edge<HistoryItem>(entry.Event.Version.ToString(CultureInfo.InvariantCulture), HistoryItem.Of(entry)));
        return JsonSerializer.SerializeToElement(Connection<HistoryItem>.Of([.. edges], entries.Count > first, after > 0), ApiJson.Options);
    }

    private static RefusedRead NotHere(FieldRead field)
    {
        var saga = (JsonElement)field.Source!;
        return new RefusedRead(
            ProblemTypes.PlanVersionMissing,
            $"This node does not have plan '{saga.GetProperty("type")}' version {saga.GetProperty("planVersion")}. Ask a node that does."
        );
    }

    private static Guid IdOf(FieldRead field) => ((JsonElement)field.Source!).GetProperty("id").GetGuid();

    private sealed record Explained(SagaExplanation? Value);
}
