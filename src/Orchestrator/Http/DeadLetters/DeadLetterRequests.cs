using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SagaOrchestrator.Http.OperateSaga;

namespace SagaOrchestrator.Http.DeadLetters;

/// <summary>Who redrives a dead letter, why, and with which body.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RedriveRequest : OperatorRequest
{
    private const int LongestBody = 16 * 1024 * 1024;

    /// <summary>
    /// The whole envelope as text, to go to the queue in the letter's place under a new message id. Left out, the letter goes as it is.
    /// </summary>
    [StringLength(LongestBody)]
    public string? Body { get; init; }
}
