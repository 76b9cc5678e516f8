using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>What the page of dead letters by cause shows.</summary>
/// <param name="Groups">Those that wait, the largest group first.</param>
/// <param name="Sagas">The sagas that they belong to, counted and summed.</param>
internal sealed record DeadLetterFacts(IReadOnlyList<DeadLetterGroup> Groups, SagaPage Sagas)
{
    /// <summary>So many groups the API tells of at most.</summary>
    private const int MostGroups = 200;

    private const string TheirSagas = "?deadLetters=true&limit=1&count=true&amounts=true";

    public long Count => Groups.Sum(group => group.Count);

    public bool IsAll => Groups.Count < MostGroups;

    public DateTimeOffset Oldest => Groups.Min(group => group.Oldest);

    public static async Task<DeadLetterFacts> Read(ApiClient api, CancellationToken cancellationToken)
    {
        var groups = api.DeadLetterGroups(string.Empty, cancellationToken);
        var sagas = api.Sagas(TheirSagas, cancellationToken);
        await Task.WhenAll(groups, sagas);
        return new DeadLetterFacts((await groups).Items, await sagas);
    }

    /// <summary>How many letters of other groups a job for this one would find too.</summary>
    public long Beside(DeadLetterGroup group) => Groups.Where(other => other != group && group.Finds(other)).Sum(other => other.Count);
}

/// <summary>What the list of dead letters shows.</summary>
/// <param name="Page">A page of it.</param>
/// <param name="Count">How many match.</param>
/// <param name="Causes">For how many causes.</param>
/// <param name="Oldest">Since when the oldest is one; null when there is none.</param>
internal sealed record DeadLetterListFacts(DeadLetterPage Page, long Count, int Causes, DateTimeOffset? Oldest)
{
    public static async Task<DeadLetterListFacts> Read(
        ApiClient api,
        PageFilter filter,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        var page = api.DeadLetters(filter.Query(("cursor", cursor)), cancellationToken);
        var groups = api.DeadLetterGroups(filter.Query(), cancellationToken);
        await Task.WhenAll(page, groups);
        var causes = (await groups).Items;
        return new DeadLetterListFacts(
            await page,
            causes.Sum(group => group.Count),
            causes.Count,
            causes.Count == 0 ? null : causes.Min(group => group.Oldest)
        );
    }
}

/// <summary>What the page of one dead letter shows.</summary>
/// <param name="Letter">The letter as it stands.</param>
/// <param name="Body">Its body.</param>
/// <param name="Edited">What went in its place; null when nothing did.</param>
internal sealed record OneDeadLetterFacts(DeadLetter Letter, LetterBody Body, LetterBody? Edited)
{
    /// <summary>Reads it; a body, which does not change, only once.</summary>
    public static async Task<OneDeadLetterFacts> Read(
        ApiClient api,
        Guid id,
        OneDeadLetterFacts? known,
        CancellationToken cancellationToken
    )
    {
        var letter = await api.DeadLetter(id, cancellationToken);
        var body =
            known?.Body
            ?? (
                letter.Letter.Size > LetterBody.Most
                    ? LetterBody.Large(letter.Letter.Size)
                    : await Whole(api, id, isEdited: false, cancellationToken)
            );
        // What an operator writes is never larger than a page shows.
        var edited = letter.EditedMessageId is null ? null : known?.Edited ?? await Whole(api, id, isEdited: true, cancellationToken);
        return new OneDeadLetterFacts(letter, body, edited);
    }

    private static async Task<LetterBody> Whole(ApiClient api, Guid id, bool isEdited, CancellationToken cancellationToken)
    {
        await using var body = await api.LetterBody(id, isEdited, cancellationToken);
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        return LetterBody.Of(bytes.ToArray());
    }
}
