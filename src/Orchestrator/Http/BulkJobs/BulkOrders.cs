using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using SagaOrchestrator.Engine.Bulk;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.DeadLetters;
using SagaOrchestrator.Http.ListSagas;
using SagaOrchestrator.Http.OperateSaga;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.BulkJobs;

/// <summary>Reads what a job is to be.</summary>
internal sealed class BulkOrders(ParameterReader read)
{
    private const int LargestBatch = 10_000;

    public (BulkOrder Order, SagaQuery? Sagas, DeadLetterQuery? Letters) Of(BulkJobRequest body, OperatorNote note)
    {
        var action = Action(body);
        var filter = Filter(body.Filter, action.IsForDeadLetters ? LetterNames : SagaNames, takesColumns: !action.IsForDeadLetters);
        var order = new BulkOrder(action, filter, note, Pace(body));
        return action.IsForDeadLetters
            ? (order, null, Letters(filter).Read(read))
            : (order, new ListQuery(read).Of(Parameters(filter), Query(filter)), null);
    }

    private BulkAction Action(BulkJobRequest body)
    {
        if (body.Verb == BulkJobRequest.Resolve && (body.Outcome is null || body.Step is null))
        {
            read.Refuse(
                body.Outcome is null ? "outcome" : "step",
                "A resolve names the step, and whether its outcome is done or not-done."
            );
        }

        if (body.Verb != BulkJobRequest.Resolve && (body.Outcome is not null || body.Result is not null))
        {
            read.Refuse(body.Outcome is not null ? "outcome" : "result", "Only a resolve has an outcome and a result. Leave it out.");
        }

        var verb = body.Verb switch
        {
            BulkJobRequest.Retry => BulkVerb.Retry,
            BulkJobRequest.Skip => BulkVerb.Skip,
            BulkJobRequest.Cancel => BulkVerb.Cancel,
            BulkJobRequest.Redrive => BulkVerb.Redrive,
            BulkJobRequest.Discard => BulkVerb.Discard,
            _ => body.Outcome == Resolution.Done ? BulkVerb.ResolveAsDone : BulkVerb.ResolveAsNotDone,
        };
        return new BulkAction(verb, body.Step, body.Result);
    }

    private BulkPace Pace(BulkJobRequest body)
    {
        if (body.Ramp?.Any(size => size is < 1 or > LargestBatch) == true)
        {
            read.Refuse("ramp", string.Create(CultureInfo.InvariantCulture, $"Each number is from 1 to {LargestBatch}."));
        }

        var usual = new BulkPace();
        return new BulkPace
        {
            PerSecond = body.PerSecond ?? usual.PerSecond,
            Ramp = body.Ramp ?? usual.Ramp,
            Settle = body.Settle is "0s" ? TimeSpan.Zero : read.Duration("settle", body.Settle) ?? usual.Settle,
            StopAt = (double?)body.StopAt ?? usual.StopAt,
        };
    }

    private Dictionary<string, string> Filter(JsonElement given, IReadOnlyList<string> names, bool takesColumns)
    {
        var filter = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in given.EnumerateObject())
        {
            if (
                parameter.Value.ValueKind != JsonValueKind.String
                || parameter.Value.GetString() is ""
                || !(
                    names.Contains(parameter.Name, StringComparer.Ordinal) || (takesColumns && ColumnParameters.Taken.Takes(parameter.Name))
                )
            )
            {
                read.Refuse("filter." + parameter.Name, $"Give filters of the list, their values as text: {string.Join(", ", names)}.");
                continue;
            }

            filter[parameter.Name] = parameter.Value.GetString()!;
        }

        if (filter.Count == 0)
        {
            read.Refuse("filter", "Give at least one filter, for example {\"state\": \"Parked\"}.");
        }

        return filter;
    }

    private static string[] SagaNames { get; } = Names<ListParameters>();

    private static string[] LetterNames { get; } = Names<DeadLetterParameters>();

    private static string[] Names<T>() =>
        [
            .. typeof(T)
                .GetProperties()
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .Where(name => name != "sort"),
        ];

    private static QueryCollection Query(Dictionary<string, string> filter) =>
        new(filter.ToDictionary(parameter => parameter.Key, parameter => new StringValues(parameter.Value)));

    private static ListParameters Parameters(Dictionary<string, string> filter)
    {
        string? Of(string name) => filter.GetValueOrDefault(name);
        return new ListParameters(
            Of("type"),
            Of("version"),
            Of("state"),
            Of("step"),
            Of("waitsFor"),
            Of("waitsLongerThan"),
            Of("errorStep"),
            Of("errorCode"),
            Of("stuckCode"),
            Of("verdict"),
            Of("key"),
            Of("keyPrefix"),
            Of("startedFrom"),
            Of("startedBefore"),
            Of("updatedFrom"),
            Of("updatedBefore"),
            Of("endedFrom"),
            Of("endedBefore"),
            Of("undone"),
            Of("stuck"),
            Of("deadLetters"),
            Sort: null
        );
    }

    private static DeadLetterParameters Letters(Dictionary<string, string> filter)
    {
        string? Of(string name) => filter.GetValueOrDefault(name);
        return new DeadLetterParameters(
            Of("queue"),
            Of("reason"),
            Of("messageType"),
            Of("sagaType"),
            Of("sagaId"),
            Of("key"),
            Of("from"),
            Of("before"),
            Of("state")
        );
    }
}
