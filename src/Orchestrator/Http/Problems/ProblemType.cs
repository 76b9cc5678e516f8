namespace SagaOrchestrator.Http.Problems;

/// <summary>One kind of error answer. Programs switch on its name, which never changes; docs/problems.md lists all of them.</summary>
/// <param name="Name">The answer's <c>code</c>, and the last part of its <c>type</c>.</param>
/// <param name="Status">The HTTP status that it comes with.</param>
/// <param name="Title">What it is, in a sentence that is the same each time.</param>
/// <param name="NextMove">What the caller does about it. The answer's <c>detail</c> says the same of the case at hand.</param>
internal sealed record ProblemType(string Name, int Status, string Title, string NextMove)
{
    /// <summary>Where its page is, under the prefix of the API: the answer's <c>type</c>.</summary>
    public string Path => $"{Routes.Problems}/{Name}";
}
