using System.Text;
using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Values;

namespace SagaOrchestrator.Plans;

/// <summary>
/// What of a plan works for its example, and not once the subject is forgotten. Nobody can bring the values back, so such a saga would stay
/// parked.
/// </summary>
internal static class ForgottenReads
{
    private static readonly Dictionary<string, JsonElement> NoResults = [];

    public static IEnumerable<string> In(Plan plan)
    {
        if (PersonalLook.ExampleOf(plan) is not { } request)
        {
            yield break;
        }

        var (known, forgotten) = (Saga(request.Data), Saga(Forgotten(plan, request.Data)));
        foreach (var (what, read) in Reads(plan).Where(one => Failure(one.Read, known) is null))
        {
            if (Failure(read, forgotten) is { } failure)
            {
                yield return $"{what} throws {failure} once the subject is forgotten, and the saga could not go on. [Sensitive] values "
                    + "read as empty then: null, an empty text, list or map. Let it do without them.";
            }
        }
    }

    private static IEnumerable<(string What, Action<SagaData> Read)> Reads(Plan plan)
    {
        foreach (var step in plan.Definition.Steps.Select(step => step.Name))
        {
            yield return ($"The condition of step '{step}'", saga => plan.Applies(step, saga));
            if (plan.CommandType(step, Direction.Do) is not null)
            {
                yield return ($"The command of step '{step}'", saga => plan.Command(step, Direction.Do, saga));
            }

            if (plan.CommandType(step, Direction.Undo) is not null)
            {
                yield return ($"The compensation of step '{step}'", saga => plan.Command(step, Direction.Undo, saga));
            }
        }
    }

    private static string Forgotten(Plan plan, string data) =>
        Encoding.UTF8.GetString(
            MarkedMembers.Replace(plan.Start.Shape, JsonElement.Parse(data), static _ => $"\"{SealedText.Forgotten}\"")
        );

    private static SagaData Saga(string data) => new(Guid.Empty, new StartData(data), NoResults);

    private static string? Failure(Action<SagaData> read, SagaData saga)
    {
        try
        {
            read(saga);
            return null;
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
