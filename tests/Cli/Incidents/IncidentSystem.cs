using SagaOrchestrator.Tests.Incidents;

namespace SagaOrchestrator.Cli.Tests.Incidents;

/// <summary>Starts the system that incidents share.</summary>
[SetUpFixture]
public sealed class IncidentSystem : SharedIncidents;
