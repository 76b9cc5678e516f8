using System.Globalization;
using System.Text;
using System.Text.Json;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>Everything that a list finds, as a stream of comma-separated values.</summary>
internal static class ExportSagasEndpoint
{
    private const int Most = 1_000_000;
    private const string MediaType = "text/csv";

    private static readonly string[] Heads =
    [
        "id",
        "type",
        "planVersion",
        "businessKey",
        "state",
        "startedAt",
        "updatedAt",
        "endedAt",
        "waitsAt",
        "waitsFor",
        "waitsSince",
        "errorStep",
        "errorCode",
        "errorReason",
        "compensated",
    ];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/" + Routes.ExportName, Export)
            .WithName("exportSagas")
            .WithSummary("Sagas that match every filter, as CSV")
            .WithDescription(
                "The filters of the list of sagas. One line for each saga, at most a million; the columns that plans declare come last."
            )
            .WithMetadata(ColumnParameters.Taken)
            .Produces<string>(contentType: MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Export(
        HttpContext http,
        SagaSearch search,
        [AsParameters] ListParameters asked,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = new ListQuery(read).Of(asked, http.Request.Query);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        IAsyncEnumerable<SagaSummary> sagas;
        try
        {
            sagas = search.Stream(query, Most, cancellationToken);
        }
        catch (InvalidQueryException exception)
        {
            return Problem.Invalid(ColumnParameters.Prefix + exception.Filter, exception.Message);
        }

        http.Response.Headers.ContentDisposition = "attachment; filename=\"sagas.csv\"";
        string[] columns = [.. search.Columns.Keys.Order(StringComparer.Ordinal)];
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = MediaType + "; charset=utf-8";
            return TypedResults.Empty;
        }

        return TypedResults.Stream(body => Write(body, sagas, columns), MediaType + "; charset=utf-8");
    }

    private static async Task Write(Stream body, IAsyncEnumerable<SagaSummary> sagas, string[] columns)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', Heads.Concat(columns)));
        await foreach (var saga in sagas)
        {
            using var held = JsonDocument.Parse(saga.Columns);
            var values = columns.Select(column => held.RootElement.TryGetProperty(column, out var value) ? value.ToString() : null);
            await text.WriteLineAsync(string.Join(',', Cells(saga).Concat(values).Select(Csv.Cell)));
        }
    }

    private static IEnumerable<string?> Cells(SagaSummary saga) =>
        [
            saga.Id.ToString(),
            saga.Type,
            saga.PlanVersion.ToString(CultureInfo.InvariantCulture),
            saga.BusinessKey,
            saga.State,
            Time(saga.StartedAt),
            Time(saga.UpdatedAt),
            Time(saga.EndedAt),
            saga.Step,
            saga.WaitsFor,
            Time(saga.WaitsSince),
            saga.ErrorStep,
            saga.ErrorCode,
            saga.ErrorReason,
            string.Join(' ', saga.Compensated),
        ];

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
