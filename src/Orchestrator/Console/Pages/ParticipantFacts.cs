using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of participants shows.</summary>
/// <param name="Participants">The participants.</param>
/// <param name="Waiting">The sagas that wait for each, counted and summed.</param>
/// <param name="Types">The saga types.</param>
internal sealed record ParticipantFacts(
    IReadOnlyList<ParticipantItem> Participants,
    IReadOnlyDictionary<string, SagaPage> Waiting,
    IReadOnlyList<SagaTypeItem> Types
)
{
    public static async Task<ParticipantFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var participants = api.Participants(cancellationToken);
        var types = api.SagaTypes(cancellationToken);
        await Task.WhenAll(participants, types);
        var items = (await participants).Items;
        var waiting = await Task.WhenAll(items.Select(participant => api.Sagas(Who(participant.Name), cancellationToken)));
        return new ParticipantFacts(
            items,
            items.Zip(waiting).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal),
            (await types).Items
        );
    }

    private static string Who(string participant) =>
        PageFilter.With(("participant", participant)).Query(("limit", "1"), ("count", "true"), ("amounts", "true"));
}
