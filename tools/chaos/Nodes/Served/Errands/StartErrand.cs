using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Chaos.Nodes.Served.Errands;

/// <summary>Starts an errand: a saga that no order has to do with, so that floods of it can be told from what they harm.</summary>
public sealed record StartErrand(string ErrandId);

/// <summary>Runs it.</summary>
public sealed record RunErrand(string ErrandId) : SagaCommand;
