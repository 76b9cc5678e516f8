using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Outbox.Endpoints;

/// <summary>Puts saga id and step, which every message carries in its headers, on every log line that its handling writes.</summary>
internal sealed class SagaLogScope(ILogger log) : IFilter<ReceiveContext>
{
    private static readonly (string Header, string Property)[] Fields =
    [
        (SagaHeaders.SagaId, "SagaId"), (SagaHeaders.Step, "Step"), (SagaHeaders.Direction, "Direction"),
        (SagaHeaders.Attempt, "Attempt"), (SagaHeaders.CommandId, "CommandId"),
    ];

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        using (log.BeginScope(Values(context)))
        {
            await next.Send(context);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("sagaLogScope");

    private static List<KeyValuePair<string, object>> Values(ReceiveContext context)
    {
        var values = new List<KeyValuePair<string, object>>(Fields.Length);
        foreach (var (header, property) in Fields)
        {
            if (context.TransportHeaders.TryGetHeader(header, out var value) && value is not null)
            {
                values.Add(new(property, value));
            }
        }

        return values;
    }
}
