using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Contracts;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Trials;

/// <summary>Writes the commands of one saga after the examples of the contract, with ids and a business key that nobody has seen.</summary>
internal sealed class CommandWriter(Bench bench, StepContract step)
{
    private readonly string businessKey = "certify-" + Guid.NewGuid().ToString("N")[..12];
    private readonly Guid doId = Guid.NewGuid();
    private readonly Guid undoId = Guid.NewGuid();

    public Guid SagaId { get; } = Guid.NewGuid();

    public Command Do(int attempt, string kind)
    {
        var command = Write(CommandKind.Do, step.Do, doId, attempt);
        var members = bench.Cases.Of(step, kind);
        if (members is null && kind != "completed")
        {
            throw new NotTriedException($"No case '{kind}' is given for this step (--cases).");
        }

        foreach (var (name, value) in members ?? [])
        {
            command.Envelope["message"]![name] = value?.DeepClone();
        }

        return command;
    }

    public Command? Undo(int attempt) => step.Undo is { } undo ? Write(CommandKind.Undo, undo, undoId, attempt) : null;

    /// <summary>It names the step's command, as the orchestrator's does.</summary>
    public Command Enquiry(int attempt)
    {
        var command = Write(CommandKind.Enquire, bench.Contract.Enquiry, doId, attempt);
        command.Saga["step"] = step.Do.Envelope["message"]!["saga"]!["step"]!.DeepClone();
        command.Saga["sagaType"] = step.Do.Envelope["message"]!["saga"]!["sagaType"]!.DeepClone();
        command.Headers[SagaHeaders.Step] = (string)command.Saga["step"]!;
        command.Headers[SagaHeaders.SagaType] = (string)command.Saga["sagaType"]!;
        return command;
    }

    private Command Write(CommandKind kind, CommandExample example, Guid commandId, int attempt)
    {
        var messageId = Guid.NewGuid();
        var envelope = example.Envelope.DeepClone().AsObject();
        var saga = envelope["message"]!["saga"]!.AsObject();
        Rename(envelope["message"]!, (string)saga["businessKey"]!);
        envelope["messageId"] = messageId.ToString();
        envelope["correlationId"] = SagaId.ToString();
        saga["sagaId"] = SagaId.ToString();
        saga["businessKey"] = businessKey;
        saga["attempt"] = attempt;
        saga["commandId"] = commandId.ToString();
        saga.Remove("replyFormat");
        if (bench.Format != MessageFormat.Envelope)
        {
            saga["replyFormat"] = WireFormat.Word(bench.Format);
        }

        var headers = example.Headers.ToDictionary(header => header.Key, header => (object?)(string?)header.Value, StringComparer.Ordinal);
        headers[SagaHeaders.SagaId] = SagaId.ToString();
        headers[SagaHeaders.Attempt] = attempt.ToString(CultureInfo.InvariantCulture);
        headers[SagaHeaders.CommandId] = commandId.ToString();
        return new Command(kind, SagaId, messageId, envelope, headers) { Format = bench.Format };
    }

    // A participant may know its effects by the business key, for example an order's number.
    private void Rename(JsonNode node, string example)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array.Where(item => item is JsonObject or JsonArray))
            {
                Rename(item!, example);
            }
        }
        else if (node is JsonObject record)
        {
            foreach (var (name, value) in record.ToList())
            {
                if (value is JsonObject or JsonArray)
                {
                    Rename(value, example);
                }
                else if (value is JsonValue text && text.TryGetValue<string>(out var found) && found == example)
                {
                    record[name] = businessKey;
                }
            }
        }
    }
}
