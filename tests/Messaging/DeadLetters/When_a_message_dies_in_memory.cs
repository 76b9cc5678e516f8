using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.InMemory;
using SagaOrchestrator.Tests.Tracing;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Its letter is what it was, so that the receiver knows it again when it is redriven.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_a_message_dies_in_memory : IDeadLetterIndex
{
    private const string Queue = "work";

    private readonly TaskCompletionSource<DeadLetterCopy> kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestCase(MessageFormat.Json)]
    [TestCase(MessageFormat.CloudEventsBinary)]
    public async Task Should_keep_its_id(MessageFormat format)
    {
        using var host = Host();
        await host.StartAsync();
        var id = Guid.NewGuid();
        await new BusDispatcher(() => host.Services.GetRequiredService<IBus>()).Send(
            OutgoingFormats.Of(
                format,
                Queues.ExchangeOf(Queue),
                new Work("no handler"),
                id,
                Guid.NewGuid(),
                [],
                MessageOrigin.Orchestrator("orchestrator")
            ),
            CancellationToken.None
        );
        (await kept.Task).MessageId.ShouldBe(id.ToString());
        await host.StopAsync();
    }

    Task IDeadLetterIndex.Keep(IReadOnlyList<DeadLetterCopy> letters, CancellationToken cancellationToken)
    {
        kept.TrySetResult(letters.Single());
        return Task.CompletedTask;
    }

    private IHost Host()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var memory = new MemoryCommitter();
        builder.Services.AddInMemoryBus().AddSingleton<IDeadLetterIndex>(this);
        builder.Services.AddSingleton(provider => new ServiceEndpoint(
            Queue,
            new ServiceOutbox(Queue, memory, memory, new BusDispatcher(() => provider.GetRequiredService<IBus>()), NullLogger.Instance),
            Prefetch: 4,
            _ => { }
        ));
        return builder.Build();
    }
}
