namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>What a step is told, the same in every system.</summary>
/// <param name="Step">The step.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">For the steps that deal with money.</param>
/// <param name="Lines">For the steps that deal with goods.</param>
/// <param name="Reference">What the step before answered.</param>
public sealed record StepContent(string Step, string OrderId, decimal? Amount, IReadOnlyList<OrderLine>? Lines, string? Reference)
{
    public static StepContent Of(string step, Order order, string? reference) =>
        step switch
        {
            Steps.Reserve or Steps.Ship => new StepContent(step, order.OrderId, null, order.Lines, reference),
            _ => new StepContent(step, order.OrderId, order.Amount, null, reference),
        };

    /// <summary>What doing it answers.</summary>
    public string Answer() => $"{Step}-{OrderId}";
}
