namespace SagaOrchestrator.Engine.PlanDocuments;

/// <summary>A plan document that was registered while nodes ran.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Text">The document as it was written.</param>
/// <param name="Hash">Equal for documents that say the same.</param>
/// <param name="By">Who registered it.</param>
/// <param name="At">When, UTC.</param>
public sealed record StoredPlanDocument(string Type, int Version, string Text, string Hash, string By, DateTimeOffset At);
