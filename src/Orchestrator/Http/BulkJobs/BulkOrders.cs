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
            ? (order, null, Parameters<DeadLetterParameters>(filter).Read(read))
            : (order, new ListQuery(read).Of(Parameters<ListParameters>(filter), Query(filter)), null);
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

        if ((body.Verb == BulkJobRequest.Extend) != (body.Until is not null))
        {
            read.Refuse("until", "An extension says until when, and nothing else does.");
        }

        var verb = body.Verb switch
        {
            BulkJobRequest.Retry => BulkVerb.Retry,
            BulkJobRequest.Skip => BulkVerb.Skip,
            BulkJobRequest.Cancel => BulkVerb.Cancel,
            BulkJobRequest.Pause => BulkVerb.Pause,
            BulkJobRequest.Resume => BulkVerb.Resume,
            BulkJobRequest.Extend => BulkVerb.Extend,
            BulkJobRequest.Redrive => BulkVerb.Redrive,
            BulkJobRequest.Discard => BulkVerb.Discard,
            _ => body.Outcome == Resolution.Done ? BulkVerb.ResolveAsDone : BulkVerb.ResolveAsNotDone,
        };
        return new BulkAction(verb, body.Step, body.Result, body.Until?.ToUniversalTime());
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

    private static string[] SagaNames { get; } = [.. Names<ListParameters>().Except(["sort"])];

    private static string[] LetterNames { get; } = [.. Names<DeadLetterParameters>()];

    // The parameters of a list, from a filter that has no others.
    private static T Parameters<T>(Dictionary<string, string> filter) =>
        (T)typeof(T).GetConstructors()[0].Invoke([.. Names<T>().Select(name => (object?)filter.GetValueOrDefault(name))]);

    private static IEnumerable<string> Names<T>() =>
        typeof(T).GetConstructors()[0].GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));

    private static QueryCollection Query(Dictionary<string, string> filter) =>
        new(filter.ToDictionary(parameter => parameter.Key, parameter => new StringValues(parameter.Value)));
}
