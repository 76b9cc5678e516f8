using SagaOrchestrator.Engine.Breakers;

namespace SagaOrchestrator.Engine.Alarms;

/// <summary>Participants to which this node sends nothing.</summary>
internal sealed class BreakerAlarms(ParticipantBreakers breakers) : NodeAlarmSource
{
    public override IReadOnlyList<AlarmCause> Look() =>
        [
            .. breakers
                .Names.Select(name => (Name: name, Absence: breakers.AbsenceOf(name)))
                .Where(found => found.Absence is not null)
                .Select(found => new AlarmCause(
                    AlarmKinds.Breaker,
                    found.Name,
                    $"Nothing is expected of '{found.Name}': {found.Absence!.Reason} Its sagas wait and go on by themselves when it is "
                        + $"back."
                )),
        ];
}
