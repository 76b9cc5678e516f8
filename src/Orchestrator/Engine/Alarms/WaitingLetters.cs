using System.Globalization;
using SagaOrchestrator.Engine.DeadLetters;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Dead letters that wait, by queue and reason: one alarm for a thousand of one cause.</summary>
internal sealed class WaitingLetters(IDeadLetters letters) : AlarmSource
{
    private const int MostGroups = 100;

    public override async Task<IReadOnlyList<AlarmCause>> Look(CancellationToken cancellationToken)
    {
        var groups = await letters.Groups(new DeadLetterQuery(), [], MostGroups, cancellationToken);
        return
        [
            .. groups
                .GroupBy(group => (group.Queue, group.Reason))
                .Select(cause => new AlarmCause(AlarmKinds.DeadLetters, $"{cause.Key.Queue}/{cause.Key.Reason}", Sentence([.. cause]))),
        ];
    }

    private static string Sentence(IReadOnlyList<DeadLetterGroup> groups)
    {
        var (first, count) = (groups[0], groups.Sum(group => group.Count));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? "message" : "messages")} of queue '{first.Queue}' "
                + $"{(count == 1 ? "is a dead letter" : "are dead letters")} ({first.Reason}), the first since "
                + $"{groups.Min(group => group.Oldest).UtcDateTime:yyyy-MM-dd HH:mm}Z. See GET "
                + $"/api/v1/dead-letters/groups?queue={first.Queue}, mend the cause, then redrive or discard them."
        );
    }
}
