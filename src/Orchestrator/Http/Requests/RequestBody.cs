using System.Text.Json;
using Microsoft.Net.Http.Headers;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Requests;

/// <summary>Reads a request's body: the one place where bodies come in.</summary>
internal static class RequestBody
{
    /// <summary>What is around a document is small.</summary>
    public const int AroundDocument = 16 * 1024;

    /// <summary>The whole body as it came, when it says that it is JSON in UTF-8 and is not too large.</summary>
    public static async Task<Received<ReadOnlyMemory<byte>>> Bytes(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (!IsJson(request))
        {
            return new(NotJson());
        }

        if (request.ContentLength > limit)
        {
            return new(Problem.TooLarge(limit));
        }

        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > limit)
                {
                    return new(Problem.TooLarge(limit));
                }
            }
        }
        catch (Exception exception) when (exception.GetBaseException() is OverflowException or FormatException)
        {
            // The server's reader of chunks lets it through, as it is or wrapped.
            throw new BadHttpRequestException("The chunks cannot be read.", exception);
        }

        return new(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>The body as a record, checked by the contract of its type before anything else reads it (rule S39).</summary>
    /// <param name="request">The request.</param>
    /// <param name="limits">What its fields may be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="most">Its bytes at most, where it may hold more than a document.</param>
    public static async Task<Received<T>> Read<T>(
        HttpRequest request,
        IntakeLimits limits,
        CancellationToken cancellationToken,
        int most = 0
    )
        where T : class
    {
        var received = await Bytes(request, Math.Max(most, limits.DocumentBytes + AroundDocument), cancellationToken);
        if (received.Problem is { } problem)
        {
            return new(problem);
        }

        var refusals = Contract.Of<T>().Check(received.Value.Span, limits);
        return refusals.Count > 0
            ? new(Problem.Invalid(refusals))
            : new(JsonSerializer.Deserialize<T>(received.Value.Span, SagaJson.Lenient)!);
    }

    public static ProblemAnswer NotJson() =>
        Problem.Of(
            ProblemTypes.UnsupportedMediaType,
            "Send 'Content-Type: application/json', without a charset or with utf-8, and without Content-Encoding. Nothing was done."
        );

    // A body that says nothing about itself is refused: a page in a browser can send such a one to any address without being asked.
    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            return false;
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What was read, or what is wrong with it.</summary>
internal readonly record struct Received<T>
{
    public Received(T value) => (Value, Problem) = (value, null);

    public Received(ProblemAnswer problem) => (Value, Problem) = (default!, problem);

    public T Value { get; }

    public ProblemAnswer? Problem { get; }
}
