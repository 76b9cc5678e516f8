using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>A request's body, and who acts and why.</summary>
internal sealed record NotedBody<T>(T Body, OperatorNote Note);

/// <summary>Reads both.</summary>
internal static class NotedBody
{
    public static async Task<Received<NotedBody<T>?>> Read<T>(
        HttpRequest http,
        IntakeLimits limits,
        CancellationToken cancellationToken,
        int most = 0
    )
        where T : OperatorRequest
    {
        var received = await RequestBody.Read<T>(http, limits, cancellationToken, most);
        if (received.Value is not { } body)
        {
            return new(received.Problem!);
        }

        var note = Notes.Of(http.HttpContext, body);
        return note.Value is { } known ? new(new NotedBody<T>(body, known)) : new(note.Problem!);
    }
}
