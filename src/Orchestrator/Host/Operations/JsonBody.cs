using System.Text.Json;
using SagaOrchestrator.Host.Operations.Problems;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Operations;

/// <summary>Reads a request's JSON body: bounded, and checked by the contract of its type before anything else reads it (rule S39).</summary>
internal static class JsonBody
{
    /// <summary>The body's bytes; null when there are more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Bytes(HttpRequest http, int limit, CancellationToken cancellationToken)
    {
        if (http.ContentLength > limit)
        {
            return null;
        }

        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit)
            {
                return null;
            }
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>The body as a record, or the problem that the caller is told.</summary>
    public static async Task<Body<T>> Read<T>(HttpRequest http, IntakeLimits limits, CancellationToken cancellationToken)
        where T : class
    {
        // What is around a document is small.
        var limit = limits.DocumentBytes + (16 * 1024);
        if (await Bytes(http, limit, cancellationToken) is not { } bytes)
        {
            return new Body<T>(null, Problem.TooLarge(limit));
        }

        var refusals = Contract.Of<T>().Check(bytes.Span, limits);
        return refusals.Count > 0
            ? new Body<T>(null, Problem.Invalid(refusals))
            : new Body<T>(JsonSerializer.Deserialize<T>(bytes.Span, SagaJson.Lenient), null);
    }
}

/// <summary>A body that was read, or why it was not.</summary>
internal readonly record struct Body<T>(T? Value, IResult? Problem)
    where T : class;
