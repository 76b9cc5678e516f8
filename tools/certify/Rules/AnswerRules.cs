using System.Globalization;
using System.Text.Json.Nodes;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using SagaOrchestrator.Messages;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>How a plain answer looks.</summary>
internal static class AnswerRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "answer",
            "A command is answered with SagaStepCompleted, in time.",
            "Look at the participant's log. When it rightly rejects the contract's example, name a command that it completes with --cases.",
            Answered
        ),
        new(
            "echo",
            "Answers echo sagaId, step, commandId and attempt of the message; a correlationId is the saga's id.",
            "Copy the four from 'saga' of the message that is answered.",
            Echoed
        ),
        new(
            "envelope",
            "An answer is what the contract's schema says, in the format of the command, and has a message id of its own.",
            "Compare it with the contract's examples: contract --format examples.",
            WellFormed
        ),
        new("result", "The result is what the step's schema says.", "See the schema of the step's result in the contract.", ResultFits),
        new(
            "sender",
            "The property user-id of an answer is the participant's broker user, which has the name of its queue.",
            "Set the property user-id. Without it the orchestrator takes the answer for forged.",
            Sent
        ),
        new(
            "reply-to",
            "An answer goes to the exchange that saga.replyTo names.",
            "Read saga.replyTo of each message; orchestrators may share a participant.",
            RepliedTo
        ),
    ];

    private static async Task<string> Answered(Trial trial) => (await trial.Complete()).ToString();

    private static async Task<string> Echoed(Trial trial)
    {
        await ShouldEcho(trial, trial.Do(attempt: 3));
        await ShouldEcho(trial, trial.Enquiry(attempt: 4));
        if (trial.Step.Undo is not null)
        {
            await ShouldEcho(trial, trial.Undo(attempt: 2));
        }

        return "All are echoed.";
    }

    private static async Task ShouldEcho(Trial trial, Command command)
    {
        var answer = await trial.Ask(command);
        foreach (var name in new[] { "sagaId", "step", "commandId", "attempt" })
        {
            var (sent, got) = (command.Saga[name]!.ToJsonString(), answer.Message[name]?.ToJsonString());
            Must(
                string.Equals(sent, got, StringComparison.OrdinalIgnoreCase),
                $"{answer.Type} has {name} {got ?? "left out"}, and the message had {sent}."
            );
        }

        var correlation = answer.Envelope["correlationId"]?.ToString();
        Must(
            correlation is null || (Guid.TryParse(correlation, out var id) && id == command.SagaId),
            $"{answer.Type} has the correlationId {correlation}, and the saga is {command.SagaId}."
        );
    }

    private static async Task<string> WellFormed(Trial trial)
    {
        var answers = new List<Answer> { await trial.Ask(trial.Do()), await trial.Ask(trial.Enquiry()) };
        if (trial.Step.Undo is not null)
        {
            answers.Add(await trial.Ask(trial.Undo()));
        }

        foreach (var answer in answers)
        {
            var wrong = trial.Bench.Contract.Schemas.Refuse($"SagaOrchestrator.Messages.{answer.Type}.envelope", answer.Envelope);
            Must(wrong is null, $"{answer.Type}: {wrong}");
            Must(
                answer.Format == trial.Bench.Format,
                $"{answer.Type} has the content type '{answer.ContentType}', and its format is {WireFormat.Word(answer.Format)}. "
                    + $"The command's was {WireFormat.Word(trial.Bench.Format)}."
            );
        }

        var ids = answers.Select(answer => (string)answer.Envelope["messageId"]!).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        Must(ids == answers.Count, string.Create(CultureInfo.InvariantCulture, $"{answers.Count} answers have {ids} message ids."));
        return $"{answers.Count} answers are what the schemas say.";
    }

    private static async Task<string> ResultFits(Trial trial)
    {
        var schema = trial.Step.Result ?? throw new NotTriedException("The contract declares no result for this step.");
        var answer = await trial.Complete();
        var wrong = answer.Result is null ? "nothing is there" : trial.Bench.Contract.Schemas.Refuse(schema, answer.Result);
        Must(wrong is null, $"{answer}: {wrong}");
        return answer.Result!.ToJsonString();
    }

    private static async Task<string> Sent(Trial trial)
    {
        var user = trial.Bench.Contract.Queue;
        var answer = await trial.Complete();
        Must(answer.User == user, $"user-id is {(answer.User is null ? "left out" : $"'{answer.User}'")}, not '{user}'.");
        return $"user-id is '{answer.User}'.";
    }

    // The one exchange, besides the orchestrator's, to which a participant may write: that of its dead letters.
    private static async Task<string> RepliedTo(Trial trial)
    {
        var queue = Queues.DeadLetterOf(trial.Bench.Contract.Queue);
        var exchange = Queues.ExchangeOf(queue);
        var command = trial.Do();
        command.Saga["replyTo"] = JsonValue.Create(exchange);
        var answer = await trial.Ask(command);
        Must(answer.Queue == queue, $"saga.replyTo was '{exchange}', and the answer came to the queue '{answer.Queue}'.");
        return $"The answer came to '{exchange}'.";
    }
}
