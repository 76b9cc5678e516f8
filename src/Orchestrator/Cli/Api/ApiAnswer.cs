using System.Text.Json;

namespace SagaOrchestrator.Cli.Api;

/// <summary>An answer that is no error.</summary>
/// <param name="Status">200 to 299.</param>
/// <param name="Text">Its body.</param>
/// <param name="Tag">Its entity tag; null without one.</param>
internal sealed record ApiAnswer(int Status, string Text, string? Tag)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json { get; init; }
}
