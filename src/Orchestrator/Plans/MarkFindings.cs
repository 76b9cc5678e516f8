using System.Reflection;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans;

/// <summary>What is wrong with a plan's marks, in sentences that name the member and the remedy.</summary>
internal static class MarkFindings
{
    private static readonly Dictionary<string, JsonElement> NoResults = [];

    public static IReadOnlyList<string> In(Plan plan)
    {
        string[] types = [.. OfTypes(plan)];
        // What has no empty value cannot be read as forgotten.
        return [.. types, .. OfSubject(plan), .. PlainCopies.In(plan), .. types.Length == 0 ? ForgottenReads.In(plan) : []];
    }

    /// <summary>Whether a message's type has marked members, described or not.</summary>
    public static bool IsMarked(Type type) => Contract.TryOf(type) is { } contract ? contract.IsSensitive : HasMark(type);

    /// <summary>The types of a plan's commands.</summary>
    public static IEnumerable<(string Step, Type Type)> Commands(Plan plan) =>
        from step in plan.Definition.Steps
        from direction in Enum.GetValues<Direction>()
        let type = plan.CommandType(step.Name, direction)
        where type is not null
        select (step.Name, type);

    /// <summary>The commands that the plan makes for its example, and can make without results.</summary>
    public static IEnumerable<(string Step, SagaCommand Command)> ExampleCommands(Plan plan) =>
        from step in plan.Definition.Steps
        from direction in Enum.GetValues<Direction>()
        let command = plan.ExampleCommand(step.Name, direction, NoResults)
        where command is not null
        select (step.Name, command);

    private static IEnumerable<string> OfTypes(Plan plan)
    {
        Type[] commands = [.. Commands(plan).Select(command => command.Type).Distinct()];
        foreach (var type in commands.Where(type => Contract.TryOf(type) is null && HasMark(type)))
        {
            yield return $"{type.Name} has [Sensitive] members and cannot be described. Use records of texts, numbers, dates, lists and "
                + "records.";
        }

        IEnumerable<(string Name, Contract Contract)> all =
        [
            (plan.StartType!.Name, plan.Start),
            .. commands.Select(type => (type.Name, Contract.TryOf(type))).Where(one => one.Item2 is not null)!,
            .. plan
                .Definition.Steps.Where(step => plan.ResultOf(step.Name) is not null)
                .Select(step => ($"the result of step '{step.Name}'", plan.ResultOf(step.Name)!)),
        ];
        foreach (var (name, contract) in all)
        {
            foreach (var (path, _) in MarkedMembers.All(contract.Shape).Where(member => MarkedMembers.EmptyOf(member.Shape) is null))
            {
                yield return $"The member '{path}' of {name} is [Sensitive] and has no empty value, which stands for one that was "
                    + "forgotten. Make it a text that is no key, a list, a map, or nullable.";
            }
        }
    }

    private static IEnumerable<string> OfSubject(Plan plan)
    {
        var subjects = PlanMarks.SubjectsOf(plan.StartType!);
        if (subjects.Count > 1)
        {
            yield return $"{plan.StartType!.Name} names several subjects: {string.Join(", ", subjects)}. A saga has one key, so name one.";
        }

        var shape = (ObjectShape)plan.Start.Shape;
        foreach (var subject in subjects)
        {
            var field = shape.Fields.FirstOrDefault(field => field.Name == PlanMarks.JsonName(subject));
            if (field is null || field.IsSensitive || field.Shape is not (TextShape or IdShape or IntegerShape) || field.Shape.IsNullable)
            {
                yield return $"The subject '{subject}' of {plan.StartType!.Name} is not a member that is a text, an id or a whole number, "
                    + "not nullable and not [Sensitive]. Name one that says whom the data is about.";
            }
        }
    }

    private static bool HasMark(Type type) =>
        type.GetProperties().Any(property => property.GetCustomAttribute<SensitiveAttribute>() is not null)
        || type.GetConstructors()
            .SelectMany(one => one.GetParameters())
            .Any(one => one.GetCustomAttribute<SensitiveAttribute>() is not null);
}
