namespace SagaOrchestrator.Plans;

/// <summary>
/// What a step results in, for the steps after it: <c>saga.Result(hotel)</c>. A plan gets it from
/// <see cref="Plan{TStart}.Step{TResult}(string, out StepResult{TResult})"/>.
/// </summary>
/// <typeparam name="TResult">The record that the step's participant answers with, or that its signal brings.</typeparam>
public sealed class StepResult<TResult>
    where TResult : class
{
    internal StepResult(string step) => Step = step;

    /// <summary>The step's name.</summary>
    public string Step { get; }
}
