using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Contracts.Examples;

/// <summary>What an orchestrator publishes of one alarm.</summary>
internal static class ExampleAlarms
{
    private const string Kind = "condition";
    private const string Subject = "outbox";
    private const string Detail = "3 messages wait in the outbox, the oldest for 42 seconds.";

    public static IReadOnlyList<(string Name, AlarmEvent Message)> At(DateTimeOffset raisedAt) =>
        [
            (
                "event.alarm-raised",
                new AlarmRaised
                {
                    Position = 7,
                    Kind = Kind,
                    Subject = Subject,
                    Detail = Detail,
                    RaisedAt = raisedAt,
                    At = raisedAt,
                }
            ),
            (
                "event.alarm-escalated",
                new AlarmEscalated
                {
                    Position = 8,
                    Kind = Kind,
                    Subject = Subject,
                    Detail = Detail,
                    RaisedAt = raisedAt,
                    At = raisedAt.AddMinutes(15),
                }
            ),
            (
                "event.alarm-cleared",
                new AlarmCleared
                {
                    Position = 9,
                    Kind = Kind,
                    Subject = Subject,
                    Detail = Detail,
                    RaisedAt = raisedAt,
                    At = raisedAt.AddMinutes(16),
                }
            ),
        ];
}
