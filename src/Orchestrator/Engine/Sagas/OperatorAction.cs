using SagaOrchestrator.Decisions.Inputs;

namespace SagaOrchestrator.Engine.Sagas;

/// <summary>What an operator did to a saga: the table <c>operator_action</c> (rule S33).</summary>
/// <param name="Verb">retry, skip, resolve-done, resolve-not-done, pause, resume, extend or cancel.</param>
/// <param name="Step">The step; null for the saga as a whole.</param>
/// <param name="Who">The operator.</param>
/// <param name="Why">The reason.</param>
/// <param name="Origin">The address that the request came from; null where none is known.</param>
internal sealed record OperatorAction(string Verb, string? Step, string Who, string Why, string? Origin)
{
    public static OperatorAction Of(OperatorInput input, string? origin)
    {
        var (verb, step) = input switch
        {
            RetryNow retry => ("retry", retry.Step),
            SkipCompensation skip => ("skip", skip.Step),
            ResolveAsDone done => ("resolve-done", done.Step),
            ResolveAsNotDone notDone => ("resolve-not-done", notDone.Step),
            PauseSaga => ("pause", null),
            ResumeSaga => ("resume", null),
            ExtendDeadline extend => ("extend", extend.Step),
            Rearm rearm => ("repair", rearm.Step),
            Cancel => ("cancel", null),
            _ => throw new InvalidOperationException(
                $"The input {input.GetType().Name} is new here. Teach {nameof(OperatorAction)} its verb."
            ),
        };
        return new OperatorAction(verb, step, input.Who, input.Why, origin);
    }
}
