using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Engine.Naming;

/// <summary>In which format each participant gets its commands.</summary>
/// <param name="others">Those that do not get envelopes.</param>
internal sealed class ParticipantFormats(IReadOnlyDictionary<string, MessageFormat> others)
{
    /// <summary>The format of a participant; the envelope when nothing else is said.</summary>
    public MessageFormat Of(string participant) => others.Count == 0 ? MessageFormat.Envelope : others.GetValueOrDefault(participant);
}
