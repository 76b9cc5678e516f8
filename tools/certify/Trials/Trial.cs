using System.Globalization;
using System.Threading.Channels;
using SagaOrchestrator.Certify.Broker;
using SagaOrchestrator.Certify.Contracts;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Trials;

/// <summary>One saga that only the suite knows, and what the participant answers it for one step.</summary>
internal sealed class Trial
{
    // A step that only ever says that it goes on ends too, and so does a participant that goes on talking.
    private const int MostAnswers = 20;

    private readonly CommandWriter writer;
    private readonly ChannelReader<Answer> answers;
    private readonly List<Trial> family;
    private bool mayHaveEffect;

    public Trial(Bench bench, StepContract step)
        : this(bench, step, []) { }

    private Trial(Bench bench, StepContract step, List<Trial> family)
    {
        (Bench, Step, this.family) = (bench, step, family);
        family.Add(this);
        writer = new CommandWriter(bench, step);
        answers = bench.Link.Mailbox.Watch(writer.SagaId);
    }

    public Bench Bench { get; }

    public StepContract Step { get; }

    public Guid SagaId => writer.SagaId;

    /// <summary>A trial of another saga.</summary>
    public Trial Another() => new(Bench, Step, family);

    /// <summary>The step's command.</summary>
    /// <param name="attempt">Which attempt.</param>
    /// <param name="kind">Which of the team's cases.</param>
    public Command Do(int attempt = 1, string kind = "completed") => writer.Do(attempt, kind);

    /// <summary>Its compensation.</summary>
    /// <exception cref="NotTriedException">The step has none.</exception>
    public Command Undo(int attempt = 1) => writer.Undo(attempt) ?? throw new NotTriedException("The step has no compensation.");

    /// <summary>Whether it happened.</summary>
    public Command Enquiry(int attempt = 1) => writer.Enquiry(attempt);

    public Task Send(Command command)
    {
        mayHaveEffect |= command.Kind == CommandKind.Do;
        if (command.SagaId == SagaId)
        {
            Bench.Link.Mailbox.Ask(SagaId, command.Kind);
        }

        return Bench.Link.Publish(Queues.ExchangeOf(Bench.Contract.Queue), command, Bench.CancellationToken);
    }

    /// <summary>Sends a command, and waits for what answers one of its kind.</summary>
    public async Task<Answer> Ask(Command command)
    {
        await Send(command);
        return await Next(command.Kind);
    }

    /// <summary>The next answer to a message of that kind. Each heartbeat gives it its whole time again.</summary>
    public async Task<Answer> Next(CommandKind kind)
    {
        var others = new List<string>();
        for (var heartbeats = 0; heartbeats < MostAnswers; heartbeats++)
        {
            var answer = await Next(answer => answer.IsHeartbeat || answer.Answers(kind), others);
            if (answer is { IsHeartbeat: false })
            {
                return answer;
            }

            if (answer is null)
            {
                break;
            }

            others.Add(answer.Type);
        }

        var seen = others.Count == 0 ? string.Empty : $" There came: {string.Join(", ", others.Distinct(StringComparer.Ordinal))}.";
        throw new RuleBrokenException(
            string.Create(CultureInfo.InvariantCulture, $"No answer to {Words(kind)} within {Bench.Patience.TotalSeconds} s.{seen}")
        );
    }

    /// <summary>An answer to the command and one to a message of that kind, when both were sent together.</summary>
    public async Task<(Answer Done, Answer Other)> Both(CommandKind kind)
    {
        Answer? done = null,
            other = null;
        for (var count = 0; count < MostAnswers && (done is null || other is null); count++)
        {
            if (await Any() is not { } answer)
            {
                break;
            }

            (done, other) = answer.Answers(CommandKind.Do) ? (answer, other) : (done, answer.Answers(kind) ? answer : other);
        }

        return done is not null && other is not null
            ? (done, other)
            : throw new RuleBrokenException($"No answer to {Words(done is null ? CommandKind.Do : kind)} when both came together.");
    }

    /// <summary>
    /// Waits until what was sent before must have been handled, as far as an enquiry behind it can tell. Returns the answers to the command
    /// that have come.
    /// </summary>
    public async Task<IReadOnlyList<Answer>> Settle()
    {
        var found = new List<Answer>();
        await Send(Enquiry());
        for (var count = 0; count < MostAnswers; count++)
        {
            var answer = await Any();
            Keep(answer);
            if (answer?.Answers(CommandKind.Enquire) != false)
            {
                break;
            }
        }

        for (var count = 0; count < MostAnswers && answers.TryRead(out var late); count++)
        {
            Keep(late);
        }

        return found;

        void Keep(Answer? one)
        {
            if (one?.Answers(CommandKind.Do) == true)
            {
                found.Add(one);
            }
        }
    }

    /// <summary>
    /// Has the participant take back what this trial and those beside it may have had it do, all at the same time: when it answers no more,
    /// the suite waits for it once.
    /// </summary>
    public Task TakeBack() => Task.WhenAll(family.Select(one => one.TakeBackAlone()));

    private async Task TakeBackAlone()
    {
        if (!mayHaveEffect || Step.Undo is null)
        {
            return;
        }

        try
        {
            // Its last attempt, so that no rule is about it.
            await Ask(Undo(attempt: 99));
        }
        catch (RuleBrokenException)
        {
            // No rule is about that. What stays unanswered is counted at the end.
        }
    }

    private Task<Answer?> Any() => Next(_ => true, []);

    private async Task<Answer?> Next(Func<Answer, bool> isWanted, List<string> others)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Bench.CancellationToken);
        patience.CancelAfter(Bench.Patience);
        try
        {
            while (true)
            {
                var answer = await answers.ReadAsync(patience.Token);
                if (isWanted(answer))
                {
                    return answer;
                }

                others.Add(answer.Type);
            }
        }
        catch (OperationCanceledException) when (!Bench.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Words(CommandKind kind) =>
        kind switch
        {
            CommandKind.Do => "the command",
            CommandKind.Undo => "the compensation",
            _ => "QueryOutcome",
        };
}
