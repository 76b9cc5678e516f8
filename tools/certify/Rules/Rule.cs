using SagaOrchestrator.Certify.Trials;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>Something that a participant must do.</summary>
/// <param name="Id">Its name in reports.</param>
/// <param name="Expected">What it must do.</param>
/// <param name="Next">What whoever wrote the participant looks at when it does not.</param>
/// <param name="Judge">Tries it, and returns what was seen.</param>
/// <param name="IsOfQueue">Whether it is judged once for the queue; else for each step.</param>
internal sealed record Rule(string Id, string Expected, string Next, Func<Trial, Task<string>> Judge, bool IsOfQueue = false);
