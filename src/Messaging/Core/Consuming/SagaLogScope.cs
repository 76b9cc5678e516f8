using System.Collections;
using MassTransit;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.TransportHeaders;

namespace SagaOrchestrator.Messaging.Consuming;

/// <summary>Puts saga id and step, which every message carries in its headers, on every log line that its handling writes.</summary>
internal sealed class SagaLogScope(ILogger log) : IFilter<ReceiveContext>
{
    private static readonly (string Header, string Property)[] Fields =
    [
        (SagaHeaders.SagaId, "SagaId"),
        (SagaHeaders.Step, "Step"),
        (SagaHeaders.Direction, "Direction"),
        (SagaHeaders.Attempt, "Attempt"),
        (SagaHeaders.CommandId, "CommandId"),
    ];

    // The sender chose them.
    private const int Longest = 200;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        using (log.BeginScope(new Values(context)))
        {
            await next.Send(context);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("sagaLogScope");

    // Read from the headers when a line is written, and not before: most messages write none.
    private sealed class Values(ReceiveContext context) : IEnumerable<KeyValuePair<string, object>>
    {
        public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
        {
            foreach (var (header, property) in Fields)
            {
                if (context.TransportHeaders.TryGetHeader(header, out var value) && value is not null)
                {
                    yield return new(property, HeaderRoom.Cut(value.ToString() ?? string.Empty, Longest));
                }
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
