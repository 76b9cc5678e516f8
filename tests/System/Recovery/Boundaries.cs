using System.Globalization;
using System.Reflection;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Tests.Recovery;

/// <summary>Every boundary that has a name. One that is new is swept too, and one that no process ever passes fails its test.</summary>
internal static class Boundaries
{
    private static readonly string[] OnlyTheOrchestrators = [CrashPoint.TimersClaimed, CrashPoint.StartCommitted];

    // The orchestrator's units are all made to go in groups.
    private static readonly string[] OnlyParticipants = [CrashPoint.UnitWritten, CrashPoint.UnitCommitted];

    public static IEnumerable<string> OfTheOrchestrator => All.Except(OnlyParticipants, StringComparer.Ordinal);

    public static IEnumerable<string> OfParticipants => All.Except(OnlyTheOrchestrators, StringComparer.Ordinal);

    private static IEnumerable<string> All =>
        typeof(CrashPoint)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(constant => constant.IsLiteral)
            .Select(constant => (string)constant.GetRawConstantValue()!);

    /// <summary>
    /// In the middle of the work. The sweeper has work only when another boundary has left some: a message that is on its way, which a
    /// group that was committed need not have.
    /// </summary>
    public static (string, string) First(string boundary) =>
        boundary switch
        {
            CrashPoint.SweepClaimed => At(CrashPoint.MessagePublished, 20),
            CrashPoint.TimersClaimed => At(boundary, 1),
            CrashPoint.OutboxDeleted => At(boundary, 2),
            _ => At(boundary, 5),
        };

    /// <summary>The first time, which is with what was not acknowledged and comes again.</summary>
    public static (string, string) Again(string boundary) => At(boundary, 1);

    private static (string, string) At(string boundary, int count) =>
        ("SAGA_CRASH_AT", string.Create(CultureInfo.InvariantCulture, $"{boundary}/{count}"));
}
