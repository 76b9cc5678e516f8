using System.Text;
using System.Text.Json;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;

namespace SagaOrchestrator.Plans;

/// <summary>
/// Where a plan copies a marked value of its example to a place that is not marked: its business key, a column, a command. A copy there
/// would be plain for every saga.
/// </summary>
internal static class PlainCopies
{
    // Shorter texts occur by chance.
    private const int Shortest = 4;

    public static IEnumerable<string> In(Plan plan)
    {
        var example = JsonSerializer.SerializeToElement(plan.ExampleJson());
        var start = plan.Start.Shape;
        var elsewhere = Plain(start, example);
        (string Path, string Text)[] values =
        [
            .. from member in MarkedMembers.Of(start, example)
            from text in Texts(member.Value)
            where text.Length >= Shortest && !elsewhere.Contains(text, StringComparison.Ordinal)
            select (member.Path, text),
        ];
        if (values.Length == 0 || PersonalLook.ExampleOf(plan) is not { } request)
        {
            yield break;
        }

        var columns = JsonSerializer.Serialize(plan.ColumnsOf(new StartData(request.Data)), SagaJson.Options);
        var commands = MarkFindings
            .ExampleCommands(plan)
            .Select(made => (made.Step, made.Command.GetType().Name, Plain(made.Command)))
            .ToList();
        foreach (var (path, text) in values)
        {
            if (request.BusinessKey.Contains(text, StringComparison.Ordinal))
            {
                yield return $"The business key has the [Sensitive] value of '{path}'. Make it of something else: it is in every message.";
            }

            if (columns.Contains(text, StringComparison.Ordinal))
            {
                yield return $"A column has the [Sensitive] value of '{path}'. Leave that column out: summaries are not encrypted.";
            }

            foreach (var (step, type, plain) in commands.Where(command => command.Item3.Contains(text, StringComparison.Ordinal)))
            {
                yield return $"Step '{step}' sends the [Sensitive] value of '{path}' in a member of {type} that is not marked. Mark "
                    + "it too.";
            }
        }
    }

    private static string Plain(object command)
    {
        var json = JsonSerializer.SerializeToElement(command, command.GetType(), SagaJson.Options);
        return MarkFindings.IsMarked(command.GetType()) ? Plain(Contract.Of(command.GetType()).Shape, json) : json.GetRawText();
    }

    private static string Plain(Shape shape, JsonElement document) =>
        Encoding.UTF8.GetString(MarkedMembers.Replace(shape, document, _ => "null"));

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Texts(property.Value)),
            _ => [],
        };
}
