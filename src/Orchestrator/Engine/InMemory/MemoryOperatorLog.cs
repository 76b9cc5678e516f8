using SagaOrchestrator.Engine.Operating;

namespace SagaOrchestrator.Engine.InMemory;

/// <summary>The operators' log in memory.</summary>
internal sealed class MemoryOperatorLog(TimeProvider clock) : IOperatorLog
{
    private readonly List<LoggedAction> actions = [];
    private readonly Lock gate = new();

    public Task Write(LoggedAction action, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            actions.Add(action with { Position = actions.Count + 1, At = clock.GetUtcNow() });
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LoggedAction>> Read(LogQuery query, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<LoggedAction>>([.. actions.Where(action => Matches(action, query)).Reverse().Take(limit)]);
        }
    }

    private static bool Matches(LoggedAction action, LogQuery query) =>
        (query.Kind is null || action.Kind == query.Kind)
        && (query.Subject is null || action.Subject == query.Subject)
        && (query.Who is null || action.Who == query.Who)
        && (query.Verb is null || action.Verb == query.Verb)
        && (query.WasRefused is null || action.Code is not null == query.WasRefused)
        && (query.From is null || action.At >= query.From)
        && (query.Before is null || action.At < query.Before)
        && (query.After is null || action.Position < query.After);
}
