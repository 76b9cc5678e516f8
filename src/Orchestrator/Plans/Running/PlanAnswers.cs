using System.Text.Json;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans.Running;

/// <summary>
/// What a plan says about one saga when something has happened to it: conditions, and the commands that were decided on. Where the plan
/// throws, the step's command cannot be made; that is noted, and to be decided on.
/// </summary>
internal sealed class PlanAnswers(Plan plan, SagaView saga, SagaInput input, JsonElement? data, Func<Exception, bool> isTransient)
{
    private readonly List<SagaCommand> commands = [];
    private Dictionary<(string Step, Direction Direction), Failure>? failures;
    private Exception? thrown;

    /// <summary>The results after the decisions for which commands were made.</summary>
    public IReadOnlyDictionary<string, JsonElement> Results { get; private set; } = saga.Results;

    /// <summary>The commands that were made, in the order in which they were decided on.</summary>
    public IReadOnlyList<SagaCommand> Commands => commands;

    /// <summary>
    /// Whether a conditional step's condition holds. A step that the plan cannot tell about is not skipped: it waits for an operator.
    /// </summary>
    public bool Applies(string step, IReadOnlyList<Decision> decided)
    {
        try
        {
            return plan.Applies(step, saga.DataWith(SagaResults.After(saga.Results, decided, input, data)));
        }
        catch (Exception exception) when (!isTransient(exception))
        {
            Note(step, Direction.Do, exception, "tell whether it applies");
            return true;
        }
    }

    /// <summary>Why a command cannot be made, as far as that is known.</summary>
    public Failure? CommandFailure(string step, Direction direction) => failures?.GetValueOrDefault((step, direction));

    /// <summary>Makes all commands that were decided on. False when one cannot be made; then it is to be decided anew.</summary>
    public bool TryMakeCommands(Decided decided)
    {
        commands.Clear();
        Results = SagaResults.After(saga.Results, decided.Decisions, input, data);
        var view = saga.DataWith(Results);
        foreach (var decision in decided.Decisions)
        {
            if (decision is not SendCommand command)
            {
                continue;
            }

            try
            {
                commands.Add(plan.Command(command.Step, command.Direction, view));
            }
            catch (Exception exception) when (!isTransient(exception))
            {
                Note(command.Step, command.Direction, exception, "make its command");
                return false;
            }
        }

        return true;
    }

    /// <summary>Why an operator, who can do something about it at once, is told no; null when the saga is to be parked instead.</summary>
    public Refuse? Refusal() =>
        input switch
        {
            ResolveAsDone => new Refuse(
                "result-needed",
                $"The next command cannot be made from this result ({Short(thrown!)}). Give the result that the participant would have "
                    + $"answered."
            ),
            RetryNow => new Refuse(
                "plan-failed",
                $"The plan cannot make the command for this saga ({Short(thrown!)}). Deploy a build that can, and try again."
            ),
            _ => null,
        };

    private void Note(string step, Direction direction, Exception exception, string what)
    {
        thrown = exception;
        var which = direction == Direction.Do ? "step" : "compensation of step";
        (failures ??= [])[(step, direction)] = new Failure(
            step,
            Failure.PlanFailed,
            $"The plan could not {what}, for the {which} '{step}' of this saga ({Short(exception)}). Deploy a build that can, then retry "
                + $"the step."
        );
    }

    // The text of an exception often quotes the value that it is about.
    private string Short(Exception exception) =>
        plan.Marks is null ? $"{exception.GetType().Name}: {exception.Message}" : exception.GetType().Name;
}
