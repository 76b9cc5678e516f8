namespace SagaOrchestrator.Console.Api;

/// <summary>The parameters by which the API's lists are filtered.</summary>
internal static class FilterNames
{
    public static IReadOnlySet<string> Sagas { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "type",
            "version",
            "state",
            "key",
            "keyPrefix",
            "step",
            "participant",
            "waitsFor",
            "waitsLongerThan",
            "stuck",
            "errorStep",
            "errorCode",
            "stuckCode",
            "verdict",
            "undone",
            "deadLetters",
            "startedFrom",
            "startedBefore",
            "updatedFrom",
            "updatedBefore",
            "endedFrom",
            "endedBefore",
        };

    public static IReadOnlySet<string> Letters { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "queue",
            "reason",
            "messageType",
            "sagaType",
            "sagaId",
            "key",
            "from",
            "before",
            "state",
        };

    public static IReadOnlySet<string> Actions { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "kind", "subject", "by", "verb", "outcome", "from", "before" };
}
