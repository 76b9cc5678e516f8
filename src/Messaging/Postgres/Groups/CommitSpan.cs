using System.Diagnostics;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Messaging.Postgres.Groups;

/// <summary>
/// The span of a group commit. It belongs to no trace but its own, because it writes for many: it links to the span of each unit, and each
/// unit's span links to it.
/// </summary>
internal static class CommitSpan
{
    /// <summary>Its name.</summary>
    public const string Name = "group commit";

    /// <summary>Begins it, as the current one; null when nobody traces.</summary>
    public static Activity? Start(IReadOnlyList<GroupMember> group)
    {
        if (!MessagingTelemetry.Source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        var links = group.Where(member => member.Asked != default).Select(member => new ActivityLink(member.Asked));
        var span = MessagingTelemetry.Source.StartActivity(Name, ActivityKind.Internal, default(ActivityContext), tags: null, links);
        if (span is not null)
        {
            span.SetTag("db.system.name", "postgresql").SetTag("db.operation.batch.size", group.Count);
            foreach (var member in group)
            {
                member.CommittedIn = span.Context;
            }
        }

        return span;
    }

    /// <summary>Ends it with what went wrong.</summary>
    public static void Fail(Activity? span, Exception exception) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag(MessagingTags.Error, exception.GetType().FullName);

    /// <summary>Leads from the current span to the commit that its unit was written by.</summary>
    public static void LinkFrom(Activity? current, GroupMember member)
    {
        if (current is not null && member.CommittedIn != default)
        {
            current.AddLink(new ActivityLink(member.CommittedIn));
        }
    }
}
