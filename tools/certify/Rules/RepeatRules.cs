using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Trials;
using static SagaOrchestrator.Certify.Rules.Judgement;

namespace SagaOrchestrator.Certify.Rules;

/// <summary>What comes twice, in another order, or together.</summary>
internal static class RepeatRules
{
    private const int Pairs = 5;
    private const int Many = 40;
    private const string Remember = "Remember saga id, step and answer in the transaction of the effect, and answer again from there.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "duplicate",
            "A command that is delivered again under the same message id is answered as before, or not at all.",
            Remember,
            DeliveredAgain
        ),
        new(
            "redrive",
            "A command that comes again under a new message id gets the first answer again.",
            Remember + " A list of message ids is not enough: a redriven message has a new one.",
            Redriven
        ),
        new(
            "later-attempt",
            "A later attempt of what has completed gets the first result again.",
            "The attempt is no part of what is remembered: saga id and step are.",
            TriedAgain
        ),
        new(
            "reordered-attempts",
            "The first attempt, coming after the second, gets the result of the second.",
            "Do not count on attempts to come in their order.",
            Reordered
        ),
        new(
            "two-at-once",
            "Two copies of a command that come together have one effect: what is answered is the same.",
            "Lock the row of saga id and step, or insert it first, before the effect.",
            TwoAtOnce
        ),
        new(
            "many-at-once",
            "Commands of many sagas that come together are all answered.",
            "Look for what is shared between deliveries that are handled at the same time.",
            ManyAtOnce
        ),
    ];

    // An answer to the copy is not owed, but must be the same.
    private static async Task<string> DeliveredAgain(Trial trial)
    {
        var command = trial.Do();
        var first = await trial.Complete(command);
        await trial.Send(command);
        var more = await trial.Settle();
        MustAllBeTheSame(first, more);
        return more.Count == 0 ? "The copy was not answered." : "The first answer came again.";
    }

    private static async Task<string> Redriven(Trial trial)
    {
        var command = trial.Do();
        var first = await trial.Complete(command);
        MustBeTheSame(first, await trial.Ask(command.Redriven()), "after the redrive");
        return "The first answer came again.";
    }

    private static async Task<string> TriedAgain(Trial trial)
    {
        var first = await trial.Complete();
        MustBeTheSame(first, await trial.Ask(trial.Do(attempt: 2)), "attempt 2 got");
        return "The first result came again.";
    }

    private static async Task<string> Reordered(Trial trial)
    {
        var second = await trial.Complete(trial.Do(attempt: 2));
        MustBeTheSame(second, await trial.Ask(trial.Do(attempt: 1)), "attempt 1, behind attempt 2, got");
        return "Both attempts got the same result.";
    }

    private static async Task<string> TwoAtOnce(Trial trial)
    {
        var trials = new List<Trial> { trial };
        trials.AddRange(Enumerable.Range(1, Pairs - 1).Select(_ => trial.Another()));
        foreach (var one in trials)
        {
            var command = one.Do(attempt: 2);
            await Task.WhenAll(one.Send(command), one.Send(command.Redriven()));
        }

        var firsts = new List<(Trial Trial, Answer Answer)>();
        foreach (var one in trials)
        {
            firsts.Add((one, await one.Next(CommandKind.Do)));
        }

        foreach (var (one, first) in firsts)
        {
            Must(first.IsCompleted, $"Of two copies, one was answered with {first}.");
            MustAllBeTheSame(first, await one.Settle());
        }

        return $"{Pairs} pairs had one effect each.";
    }

    private static async Task<string> ManyAtOnce(Trial trial)
    {
        var trials = Enumerable.Range(0, Many).Select(_ => trial.Another()).ToList();
        await Task.WhenAll(trials.Select(one => one.Send(one.Do())));
        var answers = new List<Answer>();
        foreach (var one in trials)
        {
            answers.Add(await one.Next(CommandKind.Do));
        }

        Must(answers.TrueForAll(answer => answer.IsCompleted), $"One was answered with {answers.Find(answer => !answer.IsCompleted)}.");
        return $"{Many} commands were completed.";
    }

    private static void MustAllBeTheSame(Answer first, IReadOnlyList<Answer> more)
    {
        foreach (var again in more)
        {
            MustBeTheSame(first, again, "for its copy");
        }
    }
}
