using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>Who acts, from where, and why.</summary>
internal static class Notes
{
    public static OperatorNote Of(HttpContext http, OperatorRequest body) =>
        new(body.By, body.Reason) { Origin = http.Connection.RemoteIpAddress?.ToString() };
}
