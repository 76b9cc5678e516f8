using System.Diagnostics;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Certify.Contracts;
using SagaOrchestrator.Certify.Reports;
using SagaOrchestrator.Certify.Rules;
using SagaOrchestrator.Certify.Trials;

namespace SagaOrchestrator.Certify;

/// <summary>Tries every rule, one after another, each with sagas of its own.</summary>
internal sealed class Certification(Bench bench, Action<Finding> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);

    private readonly List<Finding> findings = [];
    private string? stuck;

    public async Task<Certificate> Run(IReadOnlyList<StepContract> steps)
    {
        StepContract? completing = null;
        foreach (var step in steps)
        {
            completing = await JudgeStep(step) ? completing ?? step : completing;
        }

        stuck = completing is null ? "The participant completes no plain command." : null;
        foreach (var rule in RuleBook.OfQueue)
        {
            await Judge(rule, completing ?? steps[0], stuck);
        }

        await Drain();
        return new Certificate(bench.Contract.Queue, findings, bench.Link.Mailbox.Unanswered);
    }

    // A step that does not complete a plain command tells nothing about the other rules, but takes its time with each.
    private async Task<bool> JudgeStep(StepContract step)
    {
        var answered = await Judge(RuleBook.OfSteps[0], step, notTried: null) != Verdict.Failed;
        foreach (var rule in RuleBook.OfSteps.Skip(1))
        {
            await Judge(rule, step, answered ? null : "The step does not complete a plain command.");
        }

        return answered;
    }

    private async Task<Verdict> Judge(Rule rule, StepContract step, string? notTried)
    {
        var watch = Stopwatch.StartNew();
        var (verdict, seen) = notTried is null ? await Try(rule, new Trial(bench, step)) : (Verdict.NotTried, notTried);
        if (verdict == Verdict.Failed)
        {
            await bench.Link.MustBeAlone(bench.CancellationToken);
        }

        var finding = new Finding(rule.Id, rule.IsOfQueue ? null : step.Name, verdict, rule.Expected, seen, rule.Next, watch.Elapsed);
        findings.Add(finding);
        tell(finding);
        if (rule.IsOfQueue && verdict == Verdict.Failed && seen.StartsWith("Behind ", StringComparison.Ordinal))
        {
            stuck = "The participant answers no more.";
        }

        return verdict;
    }

    private static async Task<(Verdict Verdict, string Seen)> Try(Rule rule, Trial trial)
    {
        try
        {
            var found = await Seen(rule, trial);
            await trial.TakeBack();
            return found;
        }
        catch (Exception exception) when (exception is AlreadyClosedException or OperationInterruptedException)
        {
            throw new CannotRunException($"RabbitMQ has closed the connection: {exception.Message}", exception);
        }
    }

    private static async Task<(Verdict Verdict, string Seen)> Seen(Rule rule, Trial trial)
    {
        try
        {
            return (Verdict.Held, await rule.Judge(trial));
        }
        catch (RuleBrokenException exception)
        {
            return (Verdict.Failed, exception.Message);
        }
        catch (NotTriedException exception)
        {
            return (Verdict.NotTried, exception.Message);
        }
    }

    // An answer that comes once nobody waits stays in the orchestrator's queue.
    private async Task Drain()
    {
        for (var waited = TimeSpan.Zero; bench.Link.Mailbox.Unanswered > 0 && waited < bench.Patience; waited += Pause)
        {
            await Task.Delay(Pause, bench.CancellationToken);
        }
    }
}
