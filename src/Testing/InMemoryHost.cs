using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Participants;
using SagaOrchestrator.Participants.Hosting;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Testing;

/// <summary>
/// The orchestrator and your participants in this process: real messages over an in-memory bus, real fences, inboxes and outboxes in
/// memory, and a clock that moves only when you say so. Nothing survives it. MassTransit's test harness sees what was sent, published and
/// consumed.
/// <code>
/// await using var host = await new InMemoryHost(services =>
/// {
///     services.AddSagaOrchestrator(options => options.UseInMemory()).AddPlan&lt;TripPlan&gt;();
///     services.AddParticipant("hotels", hotels => hotels.AddStep&lt;BookHotelStep&gt;());
/// }).Start();
/// var trip = await host.StartSaga(data);
/// await host.PassTime(TimeSpan.FromDays(14));
/// (await host.Saga(trip)).State.ShouldBe(SagaState.Completed);
/// (await host.Harness.Consumed.Any&lt;BookHotel&gt;()).ShouldBeTrue();
/// </code>
/// </summary>
public sealed class InMemoryHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Traffic traffic = new();
    private readonly HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
    private IHost? host;

    /// <summary>A host without plans and participants.</summary>
    public InMemoryHost()
        : this(_ => { }) { }

    /// <summary>
    /// A host of what is registered as in production: an orchestrator with its plans, any number of participants with their steps, and what
    /// these need. All run in memory, whatever servers they name. The container's <see cref="TimeProvider"/> is the virtual clock.
    /// </summary>
    /// <param name="register">Calls <c>AddSagaOrchestrator</c> and <c>AddParticipant</c>, or your own methods that do.</param>
    /// <exception cref="InvalidOperationException">Something is registered twice, or a participant has no steps.</exception>
    public InMemoryHost(Action<IServiceCollection> register)
    {
        ArgumentNullException.ThrowIfNull(register);
        builder.Services.AddSingleton(new MemoryServers(Dispatcher));
        register(builder.Services);
    }

    /// <summary>The virtual time, UTC.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What went wrong while messages were handled. A test that expects nothing to go wrong checks that it is empty.</summary>
    public IReadOnlyList<Exception> Faults => traffic.Faults;

    /// <summary>The container of the started host.</summary>
    /// <exception cref="InvalidOperationException">The host is not started.</exception>
    public IServiceProvider Services => host?.Services ?? throw new InvalidOperationException("The host is not started. Call Start().");

    /// <summary>
    /// MassTransit's test harness on the host's bus: commands, replies and events, sent, published and consumed, under their own types. The
    /// host has started it. It answers at once, from what has happened by then; after a message of your own, call <see cref="Settle"/>
    /// first. A message that was delivered twice is in it once.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host is not started.</exception>
    public ITestHarness Harness => Services.GetRequiredService<ITestHarness>();

    /// <summary>Adds a plan.</summary>
    public InMemoryHost With(Plan plan)
    {
        builder.Services.AddSingleton(plan);
        return this;
    }

    /// <summary>Adds a participant with steps that the test has made.</summary>
    /// <param name="queue">Its queue, as the plans name it with <c>At</c>.</param>
    /// <param name="steps">Adds its steps.</param>
    /// <exception cref="InvalidOperationException">The host has that participant already.</exception>
    public InMemoryHost At(string queue, Action<ParticipantEndpoint> steps)
    {
        builder.Services.AddParticipant(queue, participant => participant.UseInMemory().AddSteps(steps));
        return this;
    }

    /// <summary>Starts the bus.</summary>
    public async Task<InMemoryHost> Start()
    {
        if (builder.Services.All(service => service.ServiceType != typeof(SagaOrchestratorOptions)))
        {
            builder.Services.AddSagaOrchestrator(_ => { });
        }

        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddHarnessBus();
        host = builder.Build();
        Observe(host.Services);
        await host.StartAsync();
        // Every call here returns when nothing moves any more, so that the harness need not wait whether something comes.
        Harness.ForceInactive();
        return this;
    }

    /// <summary>Starts a saga of the newest plan that starts with such data, and waits until nothing moves any more.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">
    /// No plan starts with such data, the data is not valid, or the business key belongs to another saga.
    /// </exception>
    public Task<Guid> StartSaga<TStart>(TStart data)
        where TStart : class
    {
        var plan = Services.GetRequiredService<PlanCatalogue>().Newest.OfType<Plan<TStart>>().SingleOrDefault();
        return StartSaga(
            plan
                ?? throw new InvalidOperationException(
                    $"No plan of this host starts with {typeof(TStart).Name}. Add it with AddPlan<...>() or With(...)."
                ),
            data
        );
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

        var saga = await Services.GetRequiredService<SagaStarter>().Start(request, CancellationToken.None) switch
        {
            StartAnswer.Started { Saga: var started } => started,
            StartAnswer.Existing { Saga: var existing } => existing,
            StartAnswer.Conflict { Saga: var other } => throw new InvalidOperationException(
                $"'{request.BusinessKey}' is the business key of saga {other.Id}, which was started with other data."
            ),
            var answer => throw new InvalidOperationException($"The saga was not started: {answer}."),
        };
        await traffic.Settle(Patience);
        return saga.Id;
    }

    /// <summary>Sends a signal to a saga, and waits until nothing moves any more.</summary>
    /// <exception cref="InvalidOperationException">There is no such saga, its plan waits for no such signal, or the data is not what the
    /// plan declares.</exception>
    public async Task Signal(Guid sagaId, string name, object? data = null)
    {
        JsonElement? element = data is null ? null : JsonSerializer.SerializeToElement(data, data.GetType(), SagaJson.Options);
        var answer = await Services
            .GetRequiredService<SagaSignals>()
            .Send(sagaId, new Signal(Guid.NewGuid(), name, element), CancellationToken.None);
        if (answer is not ActionAnswer.Done)
        {
            throw new InvalidOperationException($"The signal '{name}' was not taken by saga {sagaId}: {Why(answer)}");
        }

        await traffic.Settle(Patience);
    }

    /// <summary>
    /// Lets time pass; every timer that falls due fires at its moment, in order, and what follows is handled before the next. Weeks take
    /// milliseconds.
    /// </summary>
    public async Task PassTime(TimeSpan time)
    {
        var timers = Services.GetRequiredService<SagaTimers>();
        var until = Now + time;
        while (await timers.UntilNext(CancellationToken.None) is { } next && Now + next <= until)
        {
            clock.Advance(next > TimeSpan.Zero ? next : TimeSpan.Zero);
            await timers.Fire(CancellationToken.None);
            await traffic.Settle(Patience);
        }

        clock.Advance(until - Now);
    }

    /// <summary>
    /// Waits until nothing moves any more, after what a test has done without this host: for example sent with the harness's bus, or
    /// answered with <c>DeferredReplies</c>.
    /// </summary>
    public Task Settle() => traffic.Settle(Patience);

    /// <summary>How far a saga is.</summary>
    public async Task<SagaProgress> Saga(Guid sagaId) =>
        (await Services.GetRequiredService<SagaReader>().Get(sagaId, CancellationToken.None))?.Progress
        ?? throw new InvalidOperationException($"There is no saga {sagaId}.");

    /// <summary>What happened to a saga, in order.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> History(Guid sagaId) =>
        [
            .. (await Services.GetRequiredService<SagaReader>().History(sagaId, 0, int.MaxValue, CancellationToken.None)).Select(row =>
                row.Entry
            ),
        ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        traffic.Dispose();
    }

    private static string Why(ActionAnswer answer) =>
        answer switch
        {
            ActionAnswer.UnknownSaga => "there is no such saga.",
            ActionAnswer.UnknownSignal unknown => $"it waits for {(unknown.Known.Count == 0 ? "none" : string.Join(", ", unknown.Known))}.",
            ActionAnswer.Invalid invalid => invalid.Refusal.ToString(),
            ActionAnswer.Refused refused => refused.Reason,
            _ => answer.ToString(),
        };

    private IMessageDispatcher Dispatcher(IServiceProvider provider) =>
        traffic.Counting(new TypedDispatcher(provider.GetRequiredService<IBus>));

    private void Observe(IServiceProvider services)
    {
        foreach (var endpoint in services.GetServices<ServiceEndpoint>())
        {
            traffic.Watch(endpoint.Queue);
        }

        var bus = services.GetRequiredService<IBusControl>();
        bus.ConnectReceiveObserver(traffic);
        bus.ConnectSendObserver(traffic);
    }
}
