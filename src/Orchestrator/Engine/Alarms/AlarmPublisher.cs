using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Publishes what became of an alarm.</summary>
internal static class AlarmPublisher
{
    public static void Publish(UnitOfWork unit, AlarmChange change) => unit.Publish(Of(change), correlationId: null, []);

    private static AlarmEvent Of(AlarmChange change) =>
        change.What switch
        {
            AlarmLog.RaisedWord => new AlarmRaised
            {
                Position = change.Position,
                Kind = change.Kind,
                Subject = change.Subject,
                Detail = change.Detail,
                RaisedAt = change.RaisedAt,
                At = change.At,
            },
            AlarmLog.EscalatedWord => new AlarmEscalated
            {
                Position = change.Position,
                Kind = change.Kind,
                Subject = change.Subject,
                Detail = change.Detail,
                RaisedAt = change.RaisedAt,
                At = change.At,
            },
            _ => new AlarmCleared
            {
                Position = change.Position,
                Kind = change.Kind,
                Subject = change.Subject,
                Detail = change.Detail,
                RaisedAt = change.RaisedAt,
                At = change.At,
            },
        };
}
