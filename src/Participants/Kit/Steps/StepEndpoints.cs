using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Capture;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Sensitive;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>What handles the commands of a participant's queue: each handler's command becomes work of the delivery's unit.</summary>
internal sealed class StepEndpoints(IFence fence, ServiceOutbox outbox, ILogger log, CommandOpener? opener)
{
    private readonly List<Action<IReceiveEndpointConfigurator>> handlers = [];
    private readonly ExternalCalls calls = new(fence, outbox, log);

    public void Configure(IReceiveEndpointConfigurator endpoint)
    {
        handlers.ForEach(add => add(endpoint));
        endpoint.Handler<QueryOutcome>(context =>
        {
            context
                .UnitOfWork()
                .Add(new EnquiryWork(context.Message.FenceUnfinished, Commands.Of(context, CommandDirection.Do), fence, log));
            return Task.CompletedTask;
        });
    }

    public void Add<TDo>(Func<UnitOfWork, StepHandler<TDo>> handler)
        where TDo : SagaCommand =>
        OnDo<TDo, StepHandler<TDo>>(
            handler,
            (step, message, command, scope, token) => step.Do(message, new StepContext(command, scope, token)),
            readsFirst: false
        );

    public void AddReading<TDo>(Func<UnitOfWork, ReadingStepHandler<TDo>> handler)
        where TDo : SagaCommand =>
        OnDo<TDo, ReadingStepHandler<TDo>>(
            handler,
            (step, message, command, scope, token) => step.Do(message, new ReadingStepContext(command, scope, token)),
            readsFirst: true
        );

    public void Add<TDo, TUndo>(Func<UnitOfWork, StepHandler<TDo, TUndo>> handler)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        OnDo<TDo, StepHandler<TDo, TUndo>>(
            handler,
            (step, message, command, scope, token) => step.Do(message, new StepContext(command, scope, token)),
            readsFirst: false
        );
        OnUndo<TUndo, StepHandler<TDo, TUndo>>(
            handler,
            (step, message, command, scope, token) => step.Undo(message, new StepContext(command, scope, token)),
            readsFirst: false
        );
    }

    public void AddReading<TDo, TUndo>(Func<UnitOfWork, ReadingStepHandler<TDo, TUndo>> handler)
        where TDo : SagaCommand
        where TUndo : SagaCommand
    {
        OnDo<TDo, ReadingStepHandler<TDo, TUndo>>(
            handler,
            (step, message, command, scope, token) => step.Do(message, new ReadingStepContext(command, scope, token)),
            readsFirst: true
        );
        OnUndo<TUndo, ReadingStepHandler<TDo, TUndo>>(
            handler,
            (step, message, command, scope, token) => step.Undo(message, new ReadingStepContext(command, scope, token)),
            readsFirst: true
        );
    }

    public void AddExternal<TDo, TUndo, TDone, TUndone>(Func<UnitOfWork, ExternalStepHandler<TDo, TUndo, TDone, TUndone>> handler)
        where TDo : SagaCommand
        where TUndo : SagaCommand =>
        handlers.Add(endpoint =>
        {
            endpoint.Handler<TDo>(async context =>
                context.UnitOfWork().Add(await calls.Do(context, await Read(context), handler(context.UnitOfWork())))
            );
            endpoint.Handler<TUndo>(async context =>
                context.UnitOfWork().Add(await calls.Undo(context, await Open(context), IsMarked(context), handler(context.UnitOfWork())))
            );
        });

    /// <summary>Adds a handler that comes from the container, in a scope that lives as long as the unit.</summary>
    public void AddFrom<THandler>(IServiceProvider services)
        where THandler : class
    {
        var (method, arguments) = Method(typeof(THandler));
        Func<UnitOfWork, THandler> handler = unit =>
        {
            var scope = services.CreateScope();
            unit.Hold(scope);
            return scope.ServiceProvider.GetRequiredService<THandler>();
        };
        typeof(StepEndpoints)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .Single(candidate =>
                candidate.Name == method
                && candidate.GetGenericArguments().Length == arguments.Length
                && candidate.GetParameters()[0].ParameterType.Name == "Func`2"
            )
            .MakeGenericMethod(arguments)
            .Invoke(this, [handler]);
    }

    private static (string Method, Type[] Arguments) Method(Type handler)
    {
        for (var type = handler; type is not null; type = type.BaseType)
        {
            var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
            var method =
                definition == typeof(StepHandler<>) || definition == typeof(StepHandler<,>) ? nameof(Add)
                : definition == typeof(ReadingStepHandler<>) || definition == typeof(ReadingStepHandler<,>) ? nameof(AddReading)
                : definition == typeof(ExternalStepHandler<,,,>) ? nameof(AddExternal)
                : null;
            if (method is not null)
            {
                return (method, type.GetGenericArguments());
            }
        }

        throw new ArgumentException(
            $"{handler.Name} handles no step. Derive it from StepHandler, ReadingStepHandler or ExternalStepHandler.",
            nameof(handler)
        );
    }

    private ValueTask<(T Message, ResultSeal? Seal)> Read<T>(ConsumeContext<T> context)
        where T : SagaCommand => opener is null ? ValueTask.FromResult((context.Message, (ResultSeal?)null)) : opener.Read(context);

    // A compensation answers with no result: what is not encrypted within needs no key.
    private ValueTask<T> Open<T>(ConsumeContext<T> context)
        where T : SagaCommand => opener is null ? ValueTask.FromResult(context.Message) : opener.Open(context);

    // Who has no ring has seen no marked value, and may say in its own words what went wrong.
    private bool IsMarked(ConsumeContext context) => opener is not null && CommandOpener.IsMarked(context);

    private void OnDo<TDo, THandler>(
        Func<UnitOfWork, THandler> handler,
        Func<THandler, TDo, CommandContext, CommitScope, CancellationToken, Task<StepOutcome>> effect,
        bool readsFirst
    )
        where TDo : SagaCommand =>
        handlers.Add(endpoint =>
            endpoint.Handler<TDo>(async context =>
            {
                var (unit, command) = (context.UnitOfWork(), Commands.Of(context, CommandDirection.Do));
                var (message, seal) = await Read(context);
                var step = handler(unit);
                unit.Add(
                    new DoWork(
                        command,
                        fence,
                        log,
                        (scope, token) => effect(step, message, command, scope, token),
                        readsFirst,
                        wasBegun: false,
                        seal
                    )
                );
            })
        );

    private void OnUndo<TUndo, THandler>(
        Func<UnitOfWork, THandler> handler,
        Func<THandler, TUndo, CommandContext, CommitScope, CancellationToken, Task<UndoOutcome>> effect,
        bool readsFirst
    )
        where TUndo : SagaCommand =>
        handlers.Add(endpoint =>
            endpoint.Handler<TUndo>(async context =>
            {
                var (unit, command) = (context.UnitOfWork(), Commands.Of(context, CommandDirection.Undo));
                var message = await Open(context);
                var step = handler(unit);
                unit.Add(
                    new UndoWork(
                        command,
                        fence,
                        log,
                        (scope, token) => effect(step, message, command, scope, token),
                        readsFirst,
                        IsMarked(context)
                    )
                );
            })
        );
}
