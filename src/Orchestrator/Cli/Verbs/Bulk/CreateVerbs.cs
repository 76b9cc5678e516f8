using System.CommandLine;
using SagaOrchestrator.Cli.Verbs.DeadLetters;
using SagaOrchestrator.Cli.Verbs.Sagas;

namespace SagaOrchestrator.Cli.Verbs.Bulk;

/// <summary><c>sagas bulk create</c>: each kind of job.</summary>
internal static class CreateVerbs
{
    public static Command Make() =>
        new Command("create", "Look what would be done, and begin it.")
        {
            OfSagas("retry", "Send stuck commands again."),
            OfSagas("skip", "Give stuck compensations up; effects may stay."),
            OfSagas("resolve", "Say how stuck steps turned out."),
            OfSagas("pause", "Send nothing more until the sagas are resumed."),
            OfSagas("resume", "Go on where sagas were paused."),
            OfSagas("extend", "Wait longer for steps, or for sagas."),
            OfSagas("cancel", "Give sagas up and undo what they did."),
            OfLetters("redrive", "Send dead letters to their queues again."),
            OfLetters("discard", "Drop dead letters."),
        };

    private static Verb OfSagas(string verb, string description) =>
        new BulkOrder(verb, SagaFilters.Make(), isForSteps: true).Make(description);

    private static Verb OfLetters(string verb, string description) =>
        new BulkOrder(verb, LetterFilters.Make("--letter-reason"), isForSteps: false).Make(description);
}
