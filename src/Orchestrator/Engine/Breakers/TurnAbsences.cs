using SagaOrchestrator.Decisions.Absences;

namespace SagaOrchestrator.Engine.Breakers;

/// <summary>
/// What one turn is told of participants: of each the same, however often it is asked. Breakers are looked at on another thread, and other
/// sagas use probes up; a turn that was told two things would decide for neither.
/// </summary>
internal sealed class TurnAbsences(Func<string, Absence?> absenceOf)
{
    // A turn asks of one participant, seldom of two.
    private readonly List<(string Participant, Absence? Absence)> told = new(capacity: 1);

    public Absence? Of(string participant)
    {
        foreach (var (known, absence) in told)
        {
            if (known == participant)
            {
                return absence;
            }
        }

        told.Add((participant, absenceOf(participant)));
        return told[^1].Absence;
    }
}
