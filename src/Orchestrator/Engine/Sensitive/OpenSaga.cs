using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Intake.Values;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Envelopes;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Plans.Running;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Engine.Sensitive;

/// <summary>A saga whose encrypted values its plan can read, for one turn. Where the subject is forgotten, they read as empty.</summary>
internal sealed class OpenSaga
{
    private readonly SagaInstance saga;
    private readonly Plan plan;
    private readonly DataKey? key;
    private JsonElement start;

    private OpenSaga(SagaInstance saga, Plan plan, DataKey? key, SagaView view) =>
        (this.saga, this.plan, this.key, View) = (saga, plan, key, view);

    /// <summary>The saga as its plan sees it.</summary>
    public SagaView View { get; }

    /// <summary>What the header of a command says of the subject's key.</summary>
    public string KeyId => key?.Id ?? SagaHeaders.NoSubjectKey;

    /// <summary>Whether the subject's key is gone.</summary>
    public bool IsForgotten => key is null;

    /// <exception cref="CryptographicException">A value was changed, or is not of this saga.</exception>
    public static OpenSaga Of(SagaInstance saga, Plan plan, PlanMarks marks, DataKey? key)
    {
        var data = Opened(new SealedDocument(marks.Start, saga.CorrelationId, SealedPlace.Start), JsonElement.Parse(saga.Data), key);
        var results = saga.Results.ToDictionary(
            result => result.Key,
            result =>
                ContractOf(plan, saga.Progress, result.Key) is { IsSensitive: true } contract
                    ? Opened(Document(saga, result.Key, contract), result.Value, key)
                    : result.Value,
            StringComparer.Ordinal
        );
        var view = new SagaView(saga.CorrelationId, new StartData(data.GetRawText()), saga.Progress, results);
        return new OpenSaga(saga, plan, key, view) { start = data };
    }

    /// <summary>The values that can be read, for whoever may see them.</summary>
    public IReadOnlyList<(string Document, MarkedMember Member)> Readable() =>
        [
            .. Readable(SealedPlace.Start, plan.Marks!.Start, start),
            .. View.Results.SelectMany(result =>
                ContractOf(plan, saga.Progress, result.Key) is { IsSensitive: true } contract
                    ? Readable(SealedPlace.Result(result.Key), contract.Shape, result.Value)
                    : []
            ),
        ];

    /// <summary>The marked member whose value a step's result repeats in one that is not marked; null when there is none.</summary>
    public string? CopiedBy(string step, JsonElement result) =>
        ResultCopies.First(Readable().Select(readable => readable.Member), plan.ResultOf(step), result);

    /// <summary>
    /// What comes with an input, readable. Values may come plain, or encrypted by a participant that has the key. The refusal says which
    /// one cannot be opened, or is not what the plan declares.
    /// </summary>
    public (JsonElement? Data, Refusal? Refusal) Read(SagaInput input, JsonElement? data, IntakeLimits limits)
    {
        var step = input switch
        {
            StepSucceeded reply => reply.Step,
            ResolveAsDone done => done.Step,
            SignalReceived signal => StepOf(plan, signal.Name),
            _ => null,
        };
        if (data is not { } value || step is null || plan.ResultOf(step) is not { IsSensitive: true } contract)
        {
            return (data, null);
        }

        var document = Document(saga, step, contract);
        try
        {
            var opened = Opened(document, value, key);
            return (opened, document.Objection(opened, limits));
        }
        catch (CryptographicException)
        {
            return (data, new Refusal("result", "values that are encrypted for this step of this saga", "one that cannot be opened"));
        }
    }

    /// <summary>The saga's results as they are to be kept.</summary>
    public IReadOnlyDictionary<string, JsonElement> Close(PlanTurn turn)
    {
        if (ReferenceEquals(turn.Results, View.Results))
        {
            return saga.Results;
        }

        return turn.Results.ToDictionary(
            result => result.Key,
            result => Close(result.Key, result.Value, turn.Decided.Progress),
            StringComparer.Ordinal
        );
    }

    /// <summary>A command as it is to be sent.</summary>
    public object Close(SagaCommand command)
    {
        var type = command.GetType();
        if (Contract.TryOf(type) is not { IsSensitive: true })
        {
            return command;
        }

        var json = JsonSerializer.SerializeToElement(command, type, WireJson.Options);
        var document = new SealedDocument(Contract.Of(type).Shape, saga.CorrelationId, SealedPlace.Command(type.FullName!));
        return new WrittenMessage(type, document.Close(json, key));
    }

    private static IEnumerable<(string Document, MarkedMember Member)> Readable(string document, Shape shape, JsonElement value) =>
        MarkedMembers.Of(shape, value).Where(member => !SealedText.Is(member.Value)).Select(member => (document, member));

    private static Contract? ContractOf(Plan plan, SagaProgress progress, string name) =>
        plan.ResultOf(name)
        ?? (
            progress.Signals.FirstOrDefault(signal => name == SagaResults.KeyOf(signal.Id)) is { } kept
            && StepOf(plan, kept.Name) is { } step
                ? plan.ResultOf(step)
                : null
        );

    private static string? StepOf(Plan plan, string signal) =>
        plan.Definition.Steps.FirstOrDefault(step => step.Signal == signal && plan.ResultOf(step.Name) is not null)?.Name;

    private static SealedDocument Document(SagaInstance saga, string name, Contract contract) =>
        new(contract.Shape, saga.CorrelationId, SealedPlace.Result(name));

    private static JsonElement Opened(SealedDocument document, JsonElement value, DataKey? key) =>
        Parsed(document.Open(value, id => id == key?.Id ? key : null));

    private static JsonElement Parsed(byte[] json) => JsonElement.Parse(json);

    private JsonElement Close(string name, JsonElement value, SagaProgress progress)
    {
        var isKept =
            View.Results.TryGetValue(name, out var before)
            && JsonMarshal.GetRawUtf8Value(before).SequenceEqual(JsonMarshal.GetRawUtf8Value(value));
        return isKept ? saga.Results[name]
            : ContractOf(plan, progress, name) is { IsSensitive: true } contract ? Parsed(Document(saga, name, contract).Close(value, key))
            : value;
    }
}
