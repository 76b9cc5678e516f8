using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Messaging.Health;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Says which keys must not leave the ring yet, and which one is missing here.</summary>
internal sealed class FormerKeys(SubjectKeys? keys = null) : ConditionCheck(Condition)
{
    private const string Condition = "subject-keys";

    // A rotation takes some seconds where subjects are few.
    private const int Patience = 30;

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken) =>
        keys is null ? [] : [.. (await keys.Former(cancellationToken)).OrderBy(former => former.IsKnown).Take(1).Select(Told)];

    private static Trouble Told(FormerKey former)
    {
        var cause = $"{former.Keys} keys of subjects are wrapped by the key '{former.Name}', which is ";
        return former.IsKnown
            ? new Trouble(
                Condition,
                former.Name,
                cause + "not the active one.",
                "They are being wrapped by the active key, and nothing waits for that.",
                $"Leave '{former.Name}' in the ring until this is gone."
            )
            {
                Looks = Patience,
            }
            : new Trouble(
                Condition,
                former.Name + " is missing",
                cause + "not in the ring of this node.",
                "Messages of their sagas wait, if no other node has it.",
                $"Add '{former.Name}' to the ring again."
            );
    }
}
