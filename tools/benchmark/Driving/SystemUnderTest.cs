using System.Text.Json;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Benchmarks.Floor.Wire;
using SagaOrchestrator.Benchmarks.MassTransitInMemory;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Product.Secured;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>How the driver talks to a system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EffectSchemas">Where its participants keep their effects; none when they keep nothing.</param>
/// <param name="EndExchanges">Where it publishes how sagas end.</param>
/// <param name="Start">The message that starts a saga.</param>
/// <param name="End">Reads how one ended.</param>
internal sealed record SystemUnderTest(
    string Name,
    IReadOnlyList<string> EffectSchemas,
    IReadOnlyList<string> EndExchanges,
    Func<Order, Outgoing> Start,
    Func<BasicDeliverEventArgs, SagaEnd> End
)
{
    private const string Completed = "Completed";

    /// <summary>What starts a saga of the product over REST.</summary>
    public object Data(Order order) => IsSecured ? StartSecured.Of(order) : new StartBenchmark(order);

    /// <summary>Whether its servers are reached over TLS, and its sagas have marked values.</summary>
    public bool IsSecured => SystemNames.IsSecured(Name);

    /// <summary>Whether its sagas start over REST.</summary>
    public bool IsOverHttp => SystemNames.IsOverHttp(Name);

    public bool IsProduct => SystemNames.Products.Contains(Name);

    /// <summary>Which part of its traces is exported; null when it is not traced.</summary>
    public double? Sampled =>
        Name switch
        {
            SystemNames.ProductTraced10 => 0.1,
            SystemNames.ProductTraced100 => 1,
            _ => null,
        };

    public static SystemUnderTest Of(string name) =>
        name switch
        {
            _ when SystemNames.Products.Contains(name) => new SystemUnderTest(
                name,
                [.. Steps.All.Select(step => step.Participant)],
                ["SagaOrchestrator.Messages:SagaCompleted", "SagaOrchestrator.Messages:SagaFailed"],
                order => SystemNames.IsSecured(name) ? Envelope(StartSecured.Of(order)) : Envelope(new StartBenchmark(order)),
                delivery => EndOf(delivery, "businessKey")
            ),
            SystemNames.MassTransitMemory => new SystemUnderTest(
                name,
                [],
                [ProductEnvelope.ExchangeOf<OrderCompleted>(), ProductEnvelope.ExchangeOf<OrderFailed>()],
                order => Envelope(new StartOrder(Guid.CreateVersion7(), order)),
                delivery => EndOf(delivery, "orderId")
            ),
            _ => new SystemUnderTest(name, [Floor.FloorSystem.Schema], [FloorTopology.Ended], FloorStart, FloorEnd),
        };

    private static Outgoing Envelope<T>(T message) => ProductEnvelope.To(Roles.Orchestrator, message, Guid.CreateVersion7());

    private static SagaEnd EndOf(BasicDeliverEventArgs delivery, string key)
    {
        using var envelope = JsonDocument.Parse(delivery.Body);
        var message = envelope.RootElement.GetProperty("message");
        var completed = delivery.Exchange.EndsWith(Completed, StringComparison.Ordinal);
        return new SagaEnd(
            message.GetProperty("sagaId").GetGuid(),
            message.GetProperty(key).GetString()!,
            completed,
            completed ? [] : [.. message.GetProperty("compensated").EnumerateArray().Select(step => step.GetString()!)]
        );
    }

    private static Outgoing FloorStart(Order order) =>
        FloorMessage
            .To(
                Roles.Orchestrator,
                Guid.CreateVersion7(),
                FloorTypes.Start,
                string.Empty,
                JsonSerializer.Serialize(order, FloorJson.Default.Order)
            )
            .ToBroker();

    private static SagaEnd FloorEnd(BasicDeliverEventArgs delivery)
    {
        var ended = JsonSerializer.Deserialize(delivery.Body.Span, FloorJson.Default.OrderEnded)!;
        return new SagaEnd(ended.SagaId, ended.OrderId, ended.Completed, ended.Compensated);
    }
}

/// <summary>How a saga ended.</summary>
internal sealed record SagaEnd(Guid SagaId, string OrderId, bool Completed, IReadOnlyList<string> Compensated);
