namespace SagaOrchestrator.Tests.Servers;

/// <summary>What the orchestrator has handled.</summary>
internal static class Inbox
{
    /// <summary>Waits until it has handled all of these messages.</summary>
    public static Task WaitForHandled(this Sandbox sandbox, params Guid[] messages) =>
        Eventually.Get(
            () =>
                sandbox.Query<long>(
                    $"select count(*) from orchestrator.inbox where message_id in "
                        + $"({string.Join(", ", messages.Select(message => $"'{message}'"))})"
                ),
            handled => handled == messages.Length,
            $"the {messages.Length} messages are handled"
        );
}
