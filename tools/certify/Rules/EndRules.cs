using System.Globalization;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>Rejections, and what happens when the participant ends in the middle.</summary>
internal static class EndRules
{
    private const int Burst = 20;
    private const int Crashes = 3;

    public static Rule Rejection { get; } =
        new(
            "rejection",
            "What cannot be done is answered with SagaStepFailed, 'rejected' and a code, each time. There is nothing to undo.",
            "Reject only when nothing happened, and remember the rejection for its attempt.",
            Rejected
        );

    public static IReadOnlyList<Rule> OfQueue { get; } =
    [
        new(
            "crash",
            "After a crash every command is answered, each with one result, and none is a dead letter.",
            "Acknowledge last; commit effect, memory and answer together; send after a start what a crash left in the outbox.",
            Crash,
            IsOfQueue: true
        ),
        new(
            "graceful-end",
            "When the participant ends and starts, every command is answered, each with one result; what came meanwhile waited.",
            "Stop consuming, end what has begun, acknowledge it, then close.",
            GracefulEnd,
            IsOfQueue: true
        ),
        new(
            "no-good-letters",
            "No command that the contract allows becomes a dead letter.",
            "See the header dead-letter-message of the dead letter.",
            NoGoodLetters,
            IsOfQueue: true
        ),
    ];

    private static async Task<string> Rejected(Trial trial)
    {
        var command = trial.Do(kind: "rejected");
        var first = await trial.Ask(command);
        Must(
            first is { Type: "SagaStepFailed", IsFenced: false } && first.Text("kind") == "rejected",
            $"The command of the case 'rejected' was answered with {first}."
        );
        Must(!string.IsNullOrWhiteSpace(first.Text("code")), $"{first} has no code.");
        var wrong = trial.Bench.Contract.Schemas.Refuse($"SagaOrchestrator.Messages.{first.Type}.envelope", first.Envelope);
        Must(wrong is null, $"{first}: {wrong}");
        MustBeTheSame(first, await trial.Ask(command.Redriven()), "after the redrive");
        if (trial.Step.Undo is not null)
        {
            var undone = await trial.UndoIt();
            Must(undone.HasNothingToUndo, $"The compensation of what was rejected was answered with {undone}.");
        }

        return first.ToString();
    }

    private static async Task<string> Crash(Trial trial)
    {
        var restart =
            trial.Bench.Controls.Restart ?? throw new NotTriedException("No command that restarts the participant is given (--restart).");
        var trials = new List<Trial>();
        for (var crash = 0; crash < Crashes; crash++)
        {
            trials.AddRange(await SendBurst(trial));
            var restarting = restart(trial.Bench.CancellationToken);
            trials.AddRange(await SendBurst(trial));
            await restarting;
        }

        await MustAllHaveOneResult(trial, trials);
        return string.Create(CultureInfo.InvariantCulture, $"{Crashes} crashes, {trials.Count} commands, each with one result.");
    }

    private static async Task<string> GracefulEnd(Trial trial)
    {
        if (trial.Bench.Controls is not { Stop: { } stop, Start: { } start })
        {
            throw new NotTriedException("No commands that end and start the participant are given (--stop, --start).");
        }

        var trials = await SendBurst(trial);
        await stop(trial.Bench.CancellationToken);
        trials.AddRange(await SendBurst(trial));
        await start(trial.Bench.CancellationToken);
        await MustAllHaveOneResult(trial, trials);
        return string.Create(CultureInfo.InvariantCulture, $"{trials.Count} commands, each with one result.");
    }

    private static async Task<List<Trial>> SendBurst(Trial trial)
    {
        var trials = Enumerable.Range(0, Burst).Select(_ => trial.Another()).ToList();
        await Task.WhenAll(trials.Select(one => one.Send(one.Do())));
        return trials;
    }

    // A crash may let an answer come twice, so a later attempt tells what is remembered.
    private static async Task MustAllHaveOneResult(Trial trial, List<Trial> trials)
    {
        var answers = new List<(Trial Trial, Answer First)>();
        foreach (var one in trials)
        {
            answers.Add((one, await one.Next(CommandKind.Do)));
        }

        foreach (var (one, first) in answers)
        {
            Must(first.IsCompleted, $"A command was answered with {first}.");
            Must(!trial.Bench.Link.Mailbox.GoodLetters.ContainsKey(one.SagaId), "A command is a dead letter.");
            MustBeTheSame(first, await one.Ask(one.Do(attempt: 2)), "attempt 2 got");
        }
    }

    private static Task<string> NoGoodLetters(Trial trial)
    {
        var letters = trial.Bench.Link.Mailbox.GoodLetters;
        var why = letters
            .Values.Select(letter => letter.Headers.GetValueOrDefault("dead-letter-message") ?? "It does not say why.")
            .FirstOrDefault();
        Must(letters.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{letters.Count} are dead letters. Of the first: {why}"));
        return Task.FromResult("None is.");
    }
}
