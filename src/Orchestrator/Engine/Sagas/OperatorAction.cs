namespace SagaOrchestrator.Engine.Sagas;

/// <summary>What an operator did to a saga: the table <c>operator_action</c> (rule S33).</summary>
/// <param name="Verb">retry, skip, resolve-done, resolve-not-done or cancel.</param>
/// <param name="Step">The step; null for the saga as a whole.</param>
/// <param name="Who">The operator.</param>
/// <param name="Why">The reason.</param>
internal sealed record OperatorAction(string Verb, string? Step, string Who, string Why);
