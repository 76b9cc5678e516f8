using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Contracts;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Trials;

/// <summary>What trials work with.</summary>
/// <param name="Contract">What is asked of the participant.</param>
/// <param name="Cases">What its team says of its steps.</param>
/// <param name="Link">The broker.</param>
/// <param name="Controls">What ends and begins the participant.</param>
/// <param name="Console">RabbitMQ's management API; null when it is not given.</param>
/// <param name="Format">How commands are written, and answers are to be.</param>
/// <param name="Patience">How long an answer may take.</param>
/// <param name="CancellationToken">Ends the run.</param>
internal sealed record Bench(
    ContractFile Contract,
    StepCases Cases,
    BrokerLink Link,
    Controls Controls,
    ManagementApi? Console,
    MessageFormat Format,
    TimeSpan Patience,
    CancellationToken CancellationToken
);
