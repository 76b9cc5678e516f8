namespace SagaOrchestrator.Http.Problems;

/// <summary>Paths to follow.</summary>
/// <param name="Self">Where the whole of it is.</param>
internal sealed record SelfLinks(string Self);

/// <summary>Something that can be done now.</summary>
/// <param name="Action">What.</param>
/// <param name="Href">Where to POST it.</param>
internal sealed record PossibleAction(string Action, string Href);
