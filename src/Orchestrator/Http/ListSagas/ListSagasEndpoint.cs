using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;

namespace SagaOrchestrator.Http.ListSagas;

internal static class ListSagasEndpoint
{
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/", List)
        .WithName("listSagas")
        .WithSummary("Sagas, newest first")
        .WithDescription("Filters: type, state, key (business key). Pages: limit from 1 to 500, and the cursor that the page before gave as 'next'.")
        .Produces<SagaPage>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> List(
        HttpContext http, SagaReader sagas, string? type, string? state, string? key, string? cursor, string? limit, CancellationToken cancellationToken)
    {
        if (state is not null && !Enum.GetNames<SagaState>().Contains(state))
        {
            return Problem.Invalid("state", $"Give one of: {string.Join(", ", Enum.GetNames<SagaState>())}.");
        }

        foreach (var (field, value) in new[] { ("type", type), ("key", key) })
        {
            if (value?.Contains('\0', StringComparison.Ordinal) == true)
            {
                return Problem.Invalid(field, "The value holds a NUL character, which no saga can have.");
            }
        }

        var size = 50;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
        {
            return Problem.Invalid("limit", $"The limit is a whole number from 1 to {LargestPage}.");
        }

        SagaCursor? after = null;
        if (cursor is not null && !TryDecode(cursor, out after))
        {
            return Problem.Invalid("cursor", "The cursor is not one that this API gave. Take 'next' from the page before, or leave it out.");
        }

        var paths = ApiPaths.Of(http);
        // One more than asked for tells whether there is a next page.
        var rows = await sagas.List(new SagaFilter(type, state, key), after, size + 1, cancellationToken);
        var next = rows.Count > size ? Encode(rows[size - 1]) : null;
        return ApiJson.Answer(new SagaPage([.. rows.Take(size).Select(row => SagaListItem.Of(row, paths))], next));
    }

    private static string Encode(SagaRow last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{last.StartedAt.UtcTicks}.{last.Id:N}")));

    private static bool TryDecode(string cursor, out SagaCursor? after)
    {
        after = null;
        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        if (parts.Length == 2
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(parts[1], "N", out var id))
        {
            after = new SagaCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        }

        return after is not null;
    }
}

/// <summary>One page of sagas.</summary>
/// <param name="Items">The sagas, newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record SagaPage(IReadOnlyList<SagaListItem> Items, string? Next);

/// <summary>One saga in a list.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Started, Pending, Compensating, Completed, Failed or Parked.</param>
/// <param name="StartedAt">UTC, on the database's clock.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="FailedStep">The step for whose failure it compensates; null when it does not.</param>
/// <param name="FailureCode">That failure's stable word.</param>
/// <param name="Stuck">Of a parked saga: the step, or compensation, that waits for an operator, and why.</param>
/// <param name="Compensated">Undone steps, in the order of their undoing.</param>
/// <param name="Self">Where its status is.</param>
internal sealed record SagaListItem(
    Guid Id, string Type, string BusinessKey, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    string? FailedStep, string? FailureCode, ErrorStatus? Stuck, IReadOnlyList<string> Compensated, string Self)
{
    public static SagaListItem Of(SagaRow row, ApiPaths paths) => new(
        row.Id, row.Type, row.BusinessKey, row.State, row.StartedAt, row.EndedAt, row.FailedStep, row.FailureCode,
        ErrorStatus.Of(row.Stuck), row.Compensated, paths.Saga(row.Id));
}
