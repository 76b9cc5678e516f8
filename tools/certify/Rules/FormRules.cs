using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using SagaOrchestrator.Messages;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>Messages that are more, less or something else than the schemas say.</summary>
internal static class FormRules
{
    private const string Move =
        "Publish the bytes and headers as they came to '<queue>.dead-letter', with the five headers, then acknowledge the message.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "unknown-fields",
            "A command with fields and headers that the participant does not know is completed.",
            "Pass over what you do not know: a later contract may have more.",
            UnknownFields
        ),
        new(
            "bare-body",
            "An envelope without headers and properties is completed: the body says everything.",
            "Read the body. Headers repeat it for people.",
            Bare
        ),
    ];

    /// <summary>Those that may leave a participant stuck.</summary>
    public static IReadOnlyList<Rule> OfQueue { get; } =
    [
        new(
            "unknown-type",
            "A message of an unknown type is a dead letter, 'unknown-message-type'. The next command is answered.",
            Move,
            UnknownType,
            IsOfQueue: true
        ),
        new(
            "malformed",
            "A message that is not what its schema says is a dead letter, 'malformed'. The next command is answered.",
            Move,
            Malformed,
            IsOfQueue: true
        ),
    ];

    private static async Task<string> UnknownFields(Trial trial)
    {
        var command = trial.Do();
        command.Envelope["certifyKnows"] = new JsonObject { ["more"] = true };
        command.Envelope["message"]!["certifyKnows"] = new JsonArray(1, "two", null);
        command.Saga["certifyKnows"] = "more";
        command.Headers["certify-knows"] = "more";
        return (await trial.Complete(command)).ToString();
    }

    private static async Task<string> Bare(Trial trial)
    {
        if (trial.Bench.Format != MessageFormat.Envelope)
        {
            throw new NotTriedException("Only an envelope says everything in its body.");
        }

        var whole = trial.Do();
        return (
            await trial.Complete(new Command(whole.Kind, whole.SagaId, whole.MessageId, whole.Envelope, []) { IsBare = true })
        ).ToString();
    }

    private static async Task<string> UnknownType(Trial trial)
    {
        var command = trial.Another().Do();
        command.Envelope["messageType"] = new JsonArray("urn:message:Certify:Nobody");
        await MustBecomeLetter(trial, command, "unknown-message-type", "A message of an unknown type");
        await MustGoOn(trial, "a message of an unknown type");
        return "A dead letter, and the next command was answered.";
    }

    private static async Task<string> Malformed(Trial trial)
    {
        var all = MalformedBodies(trial).ToList();
        foreach (var (what, command) in all)
        {
            await MustBecomeLetter(trial, command, "malformed", what);
        }

        await MustGoOn(trial, "malformed messages");
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count} dead letters, and the next command was answered.");
    }

    private static IEnumerable<(string What, Command Command)> MalformedBodies(Trial trial)
    {
        var cut = trial.Another().Do();
        yield return ("What is no JSON", WithBytes(cut, Encoding.UTF8.GetBytes($"{{\"messageId\": \"{cut.MessageId}\", ")));

        var headless = trial.Another().Do();
        headless.Envelope["message"]!.AsObject().Remove("saga");
        yield return ("A command without 'saga'", headless);

        var early = trial.Another().Do();
        early.Saga["attempt"] = 0;
        yield return ("A command with the attempt 0", early);

        var anonymous = trial.Another().Do();
        anonymous.Saga["sagaId"] = "12";
        yield return ("A command whose sagaId is no UUID", anonymous);

        foreach (var name in trial.Bench.Contract.Schemas.Required(trial.Step.Do.Message).Take(1))
        {
            var lacking = trial.Another().Do();
            lacking.Envelope["message"]!.AsObject().Remove(name);
            yield return ($"A command without '{name}'", lacking);
        }
    }

    private static Command WithBytes(Command command, byte[] bytes) =>
        new(command.Kind, command.SagaId, command.MessageId, command.Envelope, command.Headers) { Bytes = bytes, Format = command.Format };

    private static async Task MustBecomeLetter(Trial trial, Command command, string reason, string what)
    {
        var letters = trial.Bench.Link.Mailbox.Expect(command.MessageId);
        await trial.Send(command);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(trial.Bench.CancellationToken);
        patience.CancelAfter(trial.Bench.Patience);
        try
        {
            MustSayWhy(trial, command, await letters.ReadAsync(patience.Token), reason, what);
        }
        catch (OperationCanceledException) when (!trial.Bench.CancellationToken.IsCancellationRequested)
        {
            throw new RuleBrokenException($"{what} is not in '{trial.Bench.Contract.Queue}.dead-letter'.");
        }
    }

    private static void MustSayWhy(Trial trial, Command command, Letter letter, string reason, string what)
    {
        Must(letter.Body.AsSpan().SequenceEqual(command.Body()), $"{what} is a dead letter with other bytes than it came with.");
        string[] always =
        [
            SagaHeaders.DeadLetterId,
            SagaHeaders.DeadLetterReason,
            SagaHeaders.DeadLetterFrom,
            SagaHeaders.DeadLetterAt,
            SagaHeaders.DeadLetterMessage,
        ];
        var lacking = always.Where(name => string.IsNullOrWhiteSpace(letter.Headers.GetValueOrDefault(name))).ToList();
        Must(lacking.Count == 0, $"{what} is a dead letter without the headers {string.Join(", ", lacking)}.");
        Must(
            letter.Headers[SagaHeaders.DeadLetterReason] == reason,
            $"{what} is a dead letter with the reason '{letter.Headers[SagaHeaders.DeadLetterReason]}', not '{reason}'."
        );
        Must(
            letter.Headers[SagaHeaders.DeadLetterFrom] == trial.Bench.Contract.Queue,
            $"{what} is a dead letter from '{letter.Headers[SagaHeaders.DeadLetterFrom]}'."
        );
        Must(Guid.TryParse(letter.Headers[SagaHeaders.DeadLetterId], out _), $"{what} is a dead letter whose id is no UUID.");
        Must(
            DateTimeOffset.TryParse(letter.Headers[SagaHeaders.DeadLetterAt], CultureInfo.InvariantCulture, out _),
            $"{what} is a dead letter whose time is '{letter.Headers[SagaHeaders.DeadLetterAt]}'."
        );
        Must(
            letter.Headers.GetValueOrDefault(SagaHeaders.SagaId) == command.SagaId.ToString(),
            $"{what} is a dead letter that has lost its headers, for example '{SagaHeaders.SagaId}'."
        );
    }

    private static async Task MustGoOn(Trial trial, string behind)
    {
        try
        {
            await trial.Ask(trial.Do());
        }
        catch (RuleBrokenException exception)
        {
            throw new RuleBrokenException($"Behind {behind} a good command waits. {exception.Message}");
        }
    }
}
