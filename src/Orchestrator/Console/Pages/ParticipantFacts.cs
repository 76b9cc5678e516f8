using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of participants shows.</summary>
internal sealed record ParticipantFacts(IReadOnlyList<ParticipantItem> Participants, IReadOnlyList<SagaTypeItem> Types)
{
    public static async Task<ParticipantFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var participants = api.Participants(cancellationToken);
        var types = api.SagaTypes(cancellationToken);
        await Task.WhenAll(participants, types);
        return new ParticipantFacts((await participants).Items, (await types).Items);
    }
}
