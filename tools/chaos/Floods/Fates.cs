using System.Globalization;

namespace SagaOrchestrator.Chaos.Floods;

/// <summary>Where the messages of a flood are, and what is wrong with that.</summary>
/// <param name="Handled">Those that an inbox knows.</param>
/// <param name="Waiting">Those that wait in the database.</param>
/// <param name="Letters">The dead letters, each with its reason.</param>
internal sealed record Fates(IReadOnlySet<Guid> Handled, IReadOnlySet<Guid> Waiting, IReadOnlyList<(Guid Id, string Reason)> Letters)
{
    /// <summary>Counts, for the table.</summary>
    public string Counts(IReadOnlyList<FloodMessage> messages)
    {
        var ids = messages.Select(message => message.Id).ToHashSet();
        var dead = Letters.Where(letter => ids.Contains(letter.Id)).ToArray();
        var ended = dead.Select(letter => letter.Id).Concat(Handled).Concat(Waiting).ToHashSet();
        var parts = new List<(string What, int Count)> { ("handled", ids.Count(Handled.Contains)) };
        parts.AddRange(
            dead.GroupBy(letter => letter.Reason, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ("dead letters " + group.Key, group.Count()))
        );
        parts.Add(("waiting", ids.Count(Waiting.Contains)));
        parts.Add(("nowhere", ids.Count(id => !ended.Contains(id))));
        return string.Join(
            ", ",
            parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.What}"))
        );
    }

    /// <summary>Each that did not end where it must, once.</summary>
    public IReadOnlyList<string> Wrong(IReadOnlyList<FloodMessage> messages)
    {
        var letters = Letters.ToLookup(letter => letter.Id, letter => letter.Reason);
        return
        [
            .. messages
                .Select(message =>
                    (
                        message,
                        Is: Is(message.Id, letters),
                        Must: message.DeadLetter is null ? "handled" : "a dead letter " + message.DeadLetter
                    )
                )
                .Where(one => one.Is != one.Must)
                .Select(one => $"message {one.message.Id} to {one.message.Queue} is {one.Is}, and must be {one.Must}"),
        ];
    }

    private string Is(Guid id, ILookup<Guid, string> letters)
    {
        string[] all =
        [
            .. Handled.Contains(id) ? ["handled"] : Array.Empty<string>(),
            .. Waiting.Contains(id) ? ["waiting"] : Array.Empty<string>(),
            .. letters[id].Select(reason => "a dead letter " + reason),
        ];
        return all.Length == 0 ? "nowhere" : string.Join(" and ", all);
    }
}
