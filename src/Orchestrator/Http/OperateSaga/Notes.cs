using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.OperateSaga;

/// <summary>Who acts, from where, and why. A caller who is known acts in his own name, and in no other.</summary>
internal static class Notes
{
    public static Received<OperatorNote> Of(HttpContext http, OperatorRequest body)
    {
        var caller = Caller.Of(http);
        return (caller.Name, body.By) switch
        {
            (null, null) => new(Problem.Invalid("by", "Say who acts, in 1 to 100 characters: nobody authenticates here.")),
            (not null, not null) => new(Problem.Invalid("by", $"You act as '{caller.Name}'. Leave it out.")),
            var (known, said) => new(
                new OperatorNote(known ?? said!, body.Reason) { Origin = http.Connection.RemoteIpAddress?.ToString() }
            ),
        };
    }
}
