using System.CommandLine;
using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.Sagas;

/// <summary><c>sagas ls</c>.</summary>
internal sealed class LsVerb
{
    private readonly Parameters filters = SagaFilters
        .Make()
        .Word("sort", "started, updated, ended or waiting; with a minus the newest first.", "-started", "-updated", "-ended", "waiting");

    private readonly Parameters paging = new Parameters()
        .Number("limit", "So many on a page, from 1 to 500.")
        .Text("cursor", "The page that an earlier answer named.")
        .Flag("count", "Count all that match.")
        .Flag("amounts", "Sum up the columns of money of all that match.")
        .Several("fields", "Only these fields; with --json.");

    private readonly Option<bool> all = new("--all") { Description = "Every page." };
    private readonly Option<bool> csv = new("--csv") { Description = "All that match as CSV, up to a million lines." };

    public static Command Make()
    {
        var ls = new LsVerb();
        return new Verb("ls", "List and search sagas, the newest first.", Operations.ListSagas, Operations.ExportSagas)
            .With(ls.filters)
            .With(ls.paging)
            .With(ls.all, ls.csv)
            .Does(ls.List);
    }

    private static string Amount(JsonElement sum) => $"{sum.Text("column")} {sum.GetProperty("amount")} {sum.Text("currency")}".TrimEnd();

    private async Task List(Call call)
    {
        var query = filters.Query(call.Parsed);
        if (call.Value(csv))
        {
            await call.Screen.Raw(to => call.Api.Copy(Operations.ExportSagas, query, "text/csv", to, call.Stop));
            return;
        }

        query = paging.Values(call.Parsed).Aggregate(query, (whole, one) => whole.With(one.Name, one.Value));
        string? next;
        do
        {
            var page = await call.Get(Operations.ListSagas, query);
            call.Show(page, json => call.Show(SagaGrid.Of(json.Items(), call.Screen), "No saga matches."));
            if (!call.Screen.IsJson && page.Json.Number("count") is { } count)
            {
                var more = page.Json.Flag("countIsExact") ? string.Empty : "More than ";
                call.Screen.Note($"{more}{Words.Count(count, "saga")} in all.");
            }

            if (!call.Screen.IsJson && page.Json.TryGetProperty("amounts", out var amounts))
            {
                var least = page.Json.Flag("amountsAreExact") ? string.Empty : "At least ";
                call.Screen.Note($"{least}{string.Join(", ", amounts.EnumerateArray().Select(Amount))} in all.");
            }

            next = page.Json.Text("next");
            query = query.With("cursor", next);
        } while (next is not null && call.Value(all));

        if (next is not null && !call.Screen.IsJson)
        {
            call.Screen.NoteUnbroken($"There are more: --all, or --cursor {next}");
        }
    }
}
