using System.Reflection;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>What of a plan's messages is marked with <see cref="SensitiveAttribute"/>, and whom its data is about.</summary>
public sealed class PlanMarks
{
    private readonly string? subject;

    private PlanMarks(Plan plan, string? subject)
    {
        (Start, this.subject) = (plan.Start.Shape, subject);
        Findings = MarkFindings.In(plan);
    }

    /// <summary>What the plan's start is.</summary>
    public Shape Start { get; }

    /// <summary>What is wrong with the marks, in sentences that name the member and the remedy.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Whom a saga is about; empty where the plan names nobody.</summary>
    /// <param name="data">The saga's data.</param>
    public string SubjectOf(JsonElement data) =>
        subject is not null && data.TryGetProperty(subject, out var member) && member.ValueKind is not JsonValueKind.Null
            ? member.ToString()
            : string.Empty;

    /// <summary>The marks of a plan; null when nothing of it is marked.</summary>
    internal static PlanMarks? Of(Plan plan)
    {
        var start = plan.Start;
        var isMarked =
            start.IsSensitive
            || plan.Definition.Steps.Any(step => plan.ResultOf(step.Name)?.IsSensitive == true)
            || MarkFindings.Commands(plan).Any(command => MarkFindings.IsMarked(command.Type));
        return isMarked ? new PlanMarks(plan, SubjectsOf(plan.StartType!) is [var name, ..] ? JsonName(name) : null) : null;
    }

    /// <summary>The members that a start's marks name as its subject.</summary>
    internal static IReadOnlyList<string> SubjectsOf(Type start) =>
        [.. Attributes(start).Select(mark => mark.Subject).OfType<string>().Distinct(StringComparer.Ordinal)];

    internal static string JsonName(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    private static IEnumerable<SensitiveAttribute> Attributes(Type start) =>
        [
            .. start.GetCustomAttributes<SensitiveAttribute>(),
            .. start.GetProperties().SelectMany(property => property.GetCustomAttributes<SensitiveAttribute>()),
            .. start
                .GetConstructors()
                .SelectMany(made => made.GetParameters())
                .SelectMany(one => one.GetCustomAttributes<SensitiveAttribute>()),
        ];
}
