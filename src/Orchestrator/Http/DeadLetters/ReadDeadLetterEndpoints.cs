using System.Text.Json;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.DeadLetters;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>Finds dead letters of the orchestrator and its participants. Looking changes nothing.</summary>
internal static class ReadDeadLetterEndpoints
{
    public const int LargestPage = 500;
    public const int UsualPage = 50;
    private const int MostGroups = 200;
    private const string Bytes = "application/octet-stream";

    public static void Map(RouteGroupBuilder reads)
    {
        reads
            .MapGet("/", List)
            .WithName("listDeadLetters")
            .WithSummary("Dead letters that match every filter, newest first")
            .WithDescription("Commas separate several values of a filter. Pages: limit from 1 to 500, and as cursor the 'next' of a page.")
            .Produces<DeadLetterList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        reads
            .MapGet("/" + Routes.GroupsName, Groups)
            .WithName("groupDeadLetters")
            .WithSummary("Dead letters by cause: queue, reason, message type and path")
            .WithDescription("The filters of the list. The largest group first, at most 200, each with its newest letter as an example.")
            .Produces<DeadLetterGroupList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        reads
            .MapGet("/{id:guid}", Get)
            .WithName("getDeadLetter")
            .WithSummary("One dead letter, with its headers and what was asked of it")
            .Produces<DeadLetterStatus>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        reads
            .MapGet("/{id:guid}/body", Body)
            .WithName("getDeadLetterBody")
            .WithSummary("The body of a dead letter, to the byte")
            .WithDescription("With edited=true what went to the queue in its place. JSON is named so; everything else is bytes.")
            .Produces<byte[]>(contentType: ApiRoute.Json, additionalContentTypes: Bytes)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(
        HttpContext http,
        SagaDeadLetters letters,
        TimeProvider clock,
        [AsParameters] DeadLetterParameters asked,
        string? cursor,
        [WholeNumber(1, LargestPage, Usual = UsualPage)] string? limit,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = asked.Read(read);
        var place = cursor is null ? null : DeadLetterCursor.Read(cursor);
        if (cursor is not null && place is null)
        {
            read.Refuse("cursor", "The cursor is not one that this API gave for dead letters. Take 'next' of a page, or leave it out.");
        }

        var size = read.Number("limit", limit, UsualPage, 1, LargestPage);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var page = await letters.Find(query, place, size, cancellationToken);
        var (now, paths) = (clock.GetUtcNow(), ApiPaths.Of(http));
        return ApiJson.Answer(
            new DeadLetterList(
                [.. page.Letters.Select(letter => DeadLetterItem.Of(letter, now, paths))],
                page.Next is { } next ? DeadLetterCursor.Write(next) : null
            )
        );
    }

    public static async Task<IResult> Groups(
        HttpContext http,
        SagaDeadLetters letters,
        [AsParameters] DeadLetterParameters asked,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var query = asked.Read(read);
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        var groups = await letters.Groups(query, MostGroups, cancellationToken);
        return ApiJson.Answer(new DeadLetterGroupList([.. groups.Select(group => DeadLetterGroupItem.Of(group, ApiPaths.Of(http)))]));
    }

    public static async Task<IResult> Get(
        Guid id,
        HttpContext http,
        SagaDeadLetters letters,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) =>
        await letters.Get(id, cancellationToken) is { } letter
            ? ApiJson.Answer(
                DeadLetterStatus.Of(letter, await letters.Actions(id, cancellationToken), clock.GetUtcNow(), ApiPaths.Of(http))
            )
            : DeadLetterProblems.Unknown(id, ApiPaths.Of(http));

    private static async Task<IResult> Body(
        Guid id,
        [Flag] string? edited,
        HttpContext http,
        SagaDeadLetters letters,
        CancellationToken cancellationToken
    )
    {
        var read = new ParameterReader();
        var isEdited = read.Flag("edited", edited) ?? false;
        if (read.Errors.Count > 0)
        {
            return Problem.Invalid(read.Errors);
        }

        if (
            await letters.Get(id, cancellationToken) is not { } letter
            || await letters.Body(id, isEdited, cancellationToken) is not { } body
        )
        {
            return DeadLetterProblems.Unknown(id, ApiPaths.Of(http));
        }

        // Whoever wrote it must not decide what a browser makes of it.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Bytes(body, IsJson(letter, body) ? ApiRoute.Json : Bytes);
    }

    // What is called JSON may be a dead letter because it is none.
    private static bool IsJson(SagaDeadLetter letter, byte[] body) =>
        letter.ContentType is { } type
        && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        && IsValid(body);

    private static bool IsValid(byte[] body)
    {
        try
        {
            JsonDocument.Parse(body).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
