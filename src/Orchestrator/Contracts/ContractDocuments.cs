using System.Diagnostics;
using SagaOrchestrator.Contracts.AsyncApi;
using SagaOrchestrator.Contracts.Describing;
using SagaOrchestrator.Contracts.Examples;
using SagaOrchestrator.Contracts.Pacts;
using SagaOrchestrator.Contracts.Rules;
using SagaOrchestrator.Contracts.Schemas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Topology;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Contracts;

/// <summary>
/// What an orchestrator and others send one another, as documents: made from its plans and from the description that its intake applies.
/// Resolve it from the container.
/// </summary>
public sealed class ContractDocuments
{
    private readonly Func<IEnumerable<Plan>> plans;
    private readonly string orchestrator;
    private readonly string virtualHost;
    private readonly IntakeLimits limits;
    private readonly Func<string, MessageFormat> formatOf;
    private volatile Written? written;

    /// <param name="plans">What is registered.</param>
    /// <param name="orchestrator">The orchestrator's queue.</param>
    /// <param name="virtualHost">The broker's virtual host.</param>
    /// <param name="limits">Those of the process.</param>
    /// <param name="formatOf">In which format a participant is spoken to; null for envelopes.</param>
    public ContractDocuments(
        IEnumerable<Plan> plans,
        string orchestrator,
        string virtualHost,
        IntakeLimits limits,
        Func<string, MessageFormat>? formatOf = null
    )
        : this(() => plans, orchestrator, virtualHost, limits, formatOf) { }

    /// <param name="plans">What is registered by now.</param>
    /// <param name="orchestrator">The orchestrator's queue.</param>
    /// <param name="virtualHost">The broker's virtual host.</param>
    /// <param name="limits">Those of the process.</param>
    /// <param name="formatOf">In which format a participant is spoken to; null for envelopes.</param>
    public ContractDocuments(
        Func<IEnumerable<Plan>> plans,
        string orchestrator,
        string virtualHost,
        IntakeLimits limits,
        Func<string, MessageFormat>? formatOf = null
    )
    {
        (this.plans, this.orchestrator, this.virtualHost, this.limits) = (plans, orchestrator, virtualHost, limits);
        this.formatOf = formatOf ?? (_ => MessageFormat.Envelope);
    }

    /// <summary>The contract in one of its formats. It is made once, and again when plans have come.</summary>
    /// <param name="format">One of <see cref="ContractFormat.All"/>.</param>
    public string Write(ContractFormat format)
    {
        var known = plans().ToList();
        var current = written;
        if (current is null || !current.Plans.SequenceEqual(known))
        {
            written = current = new Written(known, Make(known));
        }

        return current.Documents[format].Value;
    }

    private Dictionary<ContractFormat, Lazy<string>> Make(List<Plan> known)
    {
        var contract = new WireContract(known, orchestrator, formatOf);
        var names = new TopologyNames(virtualHost, orchestrator, contract.Participants);
        var examples = new Lazy<IReadOnlyList<RecordedMessage>>(() => Untraced(() => ExampleMessages.Of(contract)));
        return new Dictionary<ContractFormat, Lazy<string>>
        {
            [ContractFormat.AsyncApi] = new(() => DocumentJson.Write(new AsyncApiDocument(contract, names, examples.Value).Write(limits))),
            [ContractFormat.JsonSchema] = new(() => DocumentJson.Write(SchemaDocument.Of(contract, limits))),
            [ContractFormat.Examples] = new(() => DocumentJson.Write(ExampleDocument.Of(contract, examples.Value))),
            [ContractFormat.Pact] = new(() => DocumentJson.Write(PactDocument.Of(contract, examples.Value))),
            [ContractFormat.Rules] = new(ParticipantRules.Read),
        };
    }

    // The trace of whoever asks is none of an example.
    private static T Untraced<T>(Func<T> make)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return make();
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private sealed record Written(List<Plan> Plans, Dictionary<ContractFormat, Lazy<string>> Documents);
}
