using SagaOrchestrator.Tests.Incidents;

namespace SagaOrchestrator.Console.Tests.Incidents;

/// <summary>Starts the system that incidents share.</summary>
[SetUpFixture]
public sealed class IncidentSystem : SharedIncidents;
