using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.RateLimits;

namespace SagaOrchestrator.Http.Answers;

/// <summary>Lets a request to a route in, or not: by who sends it, and by how much he has asked for lately.</summary>
internal sealed class Admission(AccessGate gate, CallerLimits limits)
{
    /// <summary>Why the request is not let in; null when it is.</summary>
    public async Task<ProblemAnswer?> Objection(HttpContext http)
    {
        var role = RouteAccess.Of(http);
        if (role == SagaRole.Open)
        {
            return null;
        }

        var refusal = await gate.Objection(http, role);
        return refusal is null ? limits.Take(http, role) : limits.TakeRefused(http) ?? refusal;
    }
}
