using System.Text.Json.Nodes;
using SagaOrchestrator.Tests.DeadLetters;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Console.Tests.DeadLetters;

/// <summary>Messages that become dead letters. Each is found by a saga id of its own.</summary>
internal static class DeadMessages
{
    private const string Signal = "SagaOrchestrator.Messages:SagaSignal";

    /// <summary>Publishes what a service cannot read, and waits until it is listed.</summary>
    /// <returns>The letter's id.</returns>
    public static async Task<Guid> Bury(
        this RunningSystem system,
        string queue,
        string payload,
        params (string Name, string Value)[] headers
    )
    {
        var saga = Guid.NewGuid();
        await system.Sandbox.Publish(
            queue,
            payload,
            new
            {
                content_type = "application/vnd.masstransit+json",
                headers = headers.Append(("saga-id", saga.ToString())).ToDictionary(header => header.Item1, header => header.Item2),
            }
        );
        return (await system.Api.WaitForLetters(1, $"sagaId={saga}"))[0].Id();
    }

    /// <summary>A signal that nobody waits for: to a saga that does not exist, or with an id that is none.</summary>
    public static async Task<Guid> BurySignal(this RunningSystem system, string key, string? signalId = null)
    {
        var signal = Approval(key, signalId ?? Guid.NewGuid().ToString());
        await system.Sandbox.Publish("orchestrator", Envelope.Of(Signal, signal));
        return (await system.Api.WaitForLetters(1, $"key={Uri.EscapeDataString(key)}"))[0].Id();
    }

    private static JsonObject Approval(string key, string signalId) =>
        new()
        {
            ["sagaType"] = "business-order",
            ["businessKey"] = key,
            ["name"] = "approval",
            ["signalId"] = signalId,
            ["data"] = new JsonObject { ["by"] = "purchasing" },
        };
}
