using MassTransit;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Postgres.Scopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Choreography.Hosting;

/// <summary>What a service reacts to.</summary>
internal sealed class Reactions
{
    private readonly List<Action<IReceiveEndpointConfigurator>> handlers = [];

    /// <summary>Reacts to a message.</summary>
    public Reactions On<T>(Func<T, Reaction, Task> react)
        where T : class => On<T, object?>((_, _) => Task.FromResult<object?>(null), (message, _, reaction) => react(message, reaction));

    /// <summary>Asks somebody outside first, who must know a question that comes again; then reacts.</summary>
    public Reactions On<T, TAnswer>(Func<T, CancellationToken, Task<TAnswer>> ask, Func<T, TAnswer, Reaction, Task> react)
        where T : class
    {
        handlers.Add(endpoint =>
            endpoint.Handler<T>(async context =>
            {
                var answer = await ask(context.Message, context.CancellationToken);
                context.UnitOfWork().Add(new Work(reaction => react(context.Message, answer, reaction)));
            })
        );
        return this;
    }

    public void Configure(IReceiveEndpointConfigurator endpoint) => handlers.ForEach(add => add(endpoint));

    private sealed class Work(Func<Reaction, Task> react) : IUnitWork
    {
        // Each looks for its own row first.
        public bool NeedsTransaction => true;

        public Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken) =>
            react(new Reaction((PostgresScope)scope, unit, cancellationToken));
    }
}
