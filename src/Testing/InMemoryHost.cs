using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Hosting;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Queries;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Starting;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orchestrator;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Testing;

/// <summary>
/// The orchestrator and your participants in this process: real messages over an in-memory bus, real fences, inboxes and outboxes in memory,
/// and a clock that moves only when you say so. Nothing survives it.
/// <code>
/// await using var host = await new InMemoryHost().With(new TripPlan()).At("hotels", hotels => hotels.Add(new BookHotelStep())).Start();
/// var trip = await host.StartSaga(new TripPlan(), data);
/// await host.PassTime(TimeSpan.FromDays(14));
/// (await host.Saga(trip)).State.ShouldBe(SagaState.Completed);
/// </code>
/// </summary>
public sealed class InMemoryHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Traffic traffic = new();
    private readonly MemoryFence fence = new();
    private readonly HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
    private IHost? host;

    /// <summary>A host without plans and participants.</summary>
    public InMemoryHost()
    {
        builder.Services.AddInMemoryCore(new SagaOrchestratorOptions(), traffic.Counting);
        builder.Services.AddSingleton<TimeProvider>(clock);
        traffic.Watch(Queues.Orchestrator);
    }

    /// <summary>The virtual time, UTC.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What went wrong while messages were handled. A test that expects nothing to go wrong checks that it is empty.</summary>
    public IReadOnlyList<Exception> Faults => traffic.Faults;

    private IServiceProvider Services => host?.Services ?? throw new InvalidOperationException("The host is not started. Call Start().");

    /// <summary>Adds a plan.</summary>
    public InMemoryHost With(Plan plan)
    {
        builder.Services.AddSingleton(plan);
        return this;
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="queue">Its queue, as the plans name it with <c>At</c>.</param>
    /// <param name="steps">Adds its steps.</param>
    public InMemoryHost At(string queue, Action<ParticipantEndpoint> steps)
    {
        traffic.Watch(queue);
        builder.Services.AddMemoryParticipant(queue, fence, traffic.Counting, steps);
        return this;
    }

    /// <summary>Starts the bus.</summary>
    public async Task<InMemoryHost> Start()
    {
        builder.Services.AddInMemoryBus();
        host = builder.Build();
        var bus = host.Services.GetRequiredService<IBusControl>();
        bus.ConnectReceiveObserver(traffic);
        await host.StartAsync();
        return this;
    }

    /// <summary>Starts a saga, and waits until nothing moves any more.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">The data is not valid, or the business key belongs to another saga.</exception>
    public async Task<Guid> StartSaga<TStart>(Plan<TStart> plan, TStart data)
        where TStart : class
    {
        ArgumentNullException.ThrowIfNull(plan);
        StartRequest request;
        try
        {
            request = ((Plan)plan).Read(JsonSerializer.SerializeToUtf8Bytes(data, SagaJson.Options));
        }
        catch (InvalidStartException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }

        var started = await Services.GetRequiredService<RequestStarts>().Start(request, CancellationToken.None);
        if (started.Outcome == StartOutcome.Conflict)
        {
            throw new InvalidOperationException($"'{request.BusinessKey}' is the business key of saga {started.Saga.CorrelationId}, which was started with other data.");
        }

        await traffic.Settle(Patience);
        return started.Saga.CorrelationId;
    }

    /// <summary>Sends a signal to a saga, and waits until nothing moves any more.</summary>
    public async Task Signal(Guid sagaId, string name, object? data = null)
    {
        JsonElement? element = data is null ? null : JsonSerializer.SerializeToElement(data, data.GetType(), SagaJson.Options);
        var input = new Decisions.Inputs.SignalReceived(Guid.NewGuid(), name);
        _ = await Services.GetRequiredService<SagaActor>().Act(sagaId, input, element, action: null, CancellationToken.None)
            ?? throw new InvalidOperationException($"There is no saga {sagaId}.");
        await traffic.Settle(Patience);
    }

    /// <summary>Lets time pass; every timer that falls due fires at its moment, in order, and what follows is handled before the next. Weeks take milliseconds.</summary>
    public async Task PassTime(TimeSpan time)
    {
        var timers = Services.GetRequiredService<IDueTimers>();
        var endpoint = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:" + Queues.Orchestrator));
        var until = Now + time;
        while (await timers.UntilNext(CancellationToken.None) is { } next && Now + next <= until)
        {
            clock.Advance(next > TimeSpan.Zero ? next : TimeSpan.Zero);
            foreach (var due in await timers.Claim(100, TimeSpan.Zero, CancellationToken.None))
            {
                traffic.Sent();
                await endpoint.Send(new SagaTimerDue(due.SagaId, due.Timer));
            }

            await traffic.Settle(Patience);
        }

        clock.Advance(until - Now);
    }

    /// <summary>How far a saga is.</summary>
    public async Task<SagaProgress> Saga(Guid sagaId) =>
        (await Services.GetRequiredService<ISagaStore>().Load(sagaId, CancellationToken.None)).Saga?.Progress
            ?? throw new InvalidOperationException($"There is no saga {sagaId}.");

    /// <summary>What happened to a saga, in order.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> History(Guid sagaId) =>
        [.. (await Services.GetRequiredService<ISagaQueries>().History(sagaId, 0, int.MaxValue, CancellationToken.None)).Select(row => row.Entry)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }

        traffic.Dispose();
    }
}
