using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Feeds;
using SagaOrchestrator.Http.GetSaga;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Outcomes;

/// <summary>What has ended, complete and in order, for those who lost messages or never had a queue.</summary>
internal static class OutcomesEndpoint
{
    private const int LargestPage = 1000;
    private const int UsualPage = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/", Read)
            .WithName("readOutcomes")
            .WithSummary("Sagas that have ended, in order, each once")
            .WithDescription(
                "Give as after the 'next' of the page before, and keep it: whoever goes on there misses nothing and sees nothing "
                    + "twice. With wait (up to 30s) the answer comes as soon as there is an outcome. type takes several, separated by "
                    + "commas. An outcome is kept as long as its saga."
            )
            .Produces<OutcomePage>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<IResult> Read(
        HttpContext http,
        SagaFeeds feeds,
        [WholeNumber(0, long.MaxValue, Usual = 0)] string? after,
        [Several] string? type,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        [Duration] string? wait,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var position = read.Position("after", after) ?? 0;
        var types = read.Values("type", type);
        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        var patience = read.Duration("wait", wait) ?? TimeSpan.Zero;
        if (patience > LongestWait)
        {
            read.Refuse("wait", "Give at most 30s, and ask again.");
        }

        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var outcomes = await WaitFor(feeds, types, position, size, patience, cancellationToken);
        return ApiJson.Answer(
            new OutcomePage(
                [.. outcomes.Select(outcome => OutcomeItem.Of(outcome, ApiPaths.Of(http)))],
                outcomes.Count == 0 ? position : outcomes[^1].Position
            )
        );
    }

    private static async Task<IReadOnlyList<SagaOutcome>> WaitFor(
        SagaFeeds feeds,
        string[] types,
        long position,
        int size,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        while (true)
        {
            // Asked first, so that what is written down meanwhile is waited for in vain once, and not missed.
            var seen = await feeds.Position(cancellationToken);
            var outcomes = await feeds.Outcomes(types, position, size, cancellationToken);
            if (outcomes.Count > 0 || patience == TimeSpan.Zero)
            {
                return outcomes;
            }

            try
            {
                await feeds.Later(seen, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return [];
            }
        }
    }
}

/// <summary>A part of the outcomes.</summary>
/// <param name="Items">In order.</param>
/// <param name="Next">What to give as after next time.</param>
internal sealed record OutcomePage(IReadOnlyList<OutcomeItem> Items, long Next);

/// <summary>A saga that has ended.</summary>
/// <param name="Position">Its place among all outcomes; a later one is greater.</param>
/// <param name="SagaId">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Completed or Failed.</param>
/// <param name="Verdict">Completed, Undone or UndoneExcept, where effects are left.</param>
/// <param name="StartedAt">UTC, on the database's clock.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">Why it failed; null when it completed.</param>
/// <param name="Columns">What its plan's columns hold.</param>
/// <param name="Links">Where its status is.</param>
internal sealed record OutcomeItem(
    long Position,
    Guid SagaId,
    string Type,
    string BusinessKey,
    string State,
    string? Verdict,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    ErrorStatus? Error,
    JsonElement Columns,
    OutcomeLinks Links
)
{
    public static OutcomeItem Of(SagaOutcome outcome, ApiPaths paths) =>
        new(
            outcome.Position,
            outcome.SagaId,
            outcome.Type,
            outcome.BusinessKey,
            outcome.State,
            outcome.Verdict,
            outcome.StartedAt,
            outcome.EndedAt,
            outcome.ErrorStep is null
                ? null
                : new ErrorStatus(outcome.ErrorStep, outcome.ErrorCode ?? string.Empty, outcome.ErrorReason ?? string.Empty),
            JsonElement.Parse(outcome.Columns),
            new OutcomeLinks(paths.Saga(outcome.SagaId))
        );
}

/// <summary>Paths to follow.</summary>
/// <param name="Saga">The saga's status.</param>
internal sealed record OutcomeLinks(string Saga);
