namespace SagaOrchestrator.Console.Pages;

/// <summary>A breaker's setting, before it is confirmed.</summary>
/// <param name="Kind">The API's path: <c>participants</c> or <c>saga-types</c>.</param>
/// <param name="Name">Whose breaker.</param>
/// <param name="State">What it is set to.</param>
/// <param name="Title">The question.</param>
/// <param name="Does">What follows.</param>
internal sealed record Setting(string Kind, string Name, string State, string Title, string Does)
{
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Automatic = "automatic";

    public static Setting OfParticipant(string name, string state) =>
        state switch
        {
            Open => new(
                "participants",
                name,
                state,
                $"Stop sending to {name}",
                $"The orchestrator sends {name} neither commands nor retries nor compensations, until somebody sets it to something else. "
                    + "Steps wait and spend no attempt."
            ),
            Closed => new(
                "participants",
                name,
                state,
                $"Take {name} for there",
                $"{name} counts as there, whatever is seen. Timeouts spend attempts again."
            ),
            _ => new(
                "participants",
                name,
                state,
                $"Go by what is seen of {name}",
                "The breaker opens and closes by itself again, as if nobody had set it."
            ),
        };

    public static Setting OfType(string type, string state) =>
        state == Open
            ? new(
                "saga-types",
                type,
                state,
                $"Stop starts of {type}",
                $"A start of {type} over REST is answered with 503; one by message waits. Sagas that run go on."
            )
            : new(
                "saga-types",
                type,
                state,
                $"Start {type} again",
                "Starts are accepted again, and those that wait begin within some seconds."
            );
}
