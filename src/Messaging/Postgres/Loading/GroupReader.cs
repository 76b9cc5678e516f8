using System.Threading.Channels;
using SagaOrchestrator.Messaging.Postgres.Telemetry;

namespace SagaOrchestrator.Messaging.Postgres.Loading;

/// <summary>
/// Reads in groups: what is asked for while a query is on its way goes out together with the next one. With nothing on its way a question
/// goes out at once.
/// </summary>
/// <param name="read">Answers many questions with one query. What it leaves out is answered with the default.</param>
public sealed class GroupReader<TKey, TValue>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    where TKey : notnull
{
    private const int LargestGroup = 256;

    private readonly Channel<Question> questions = Channel.CreateUnbounded<Question>();
    private int reading;

    /// <summary>Asks for one value.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<TValue?> Read(TKey key, CancellationToken cancellationToken)
    {
        var question = new Question(key, new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously));
        questions.Writer.TryWrite(question);
        _ = Drain();
        return await question.Answer.Task.WaitAsync(cancellationToken);
    }

    // Whoever asks while nobody reads, reads for all who ask in the meantime.
    private async Task Drain()
    {
        while (questions.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref reading, 1, 0) == 0)
        {
            try
            {
                while (Next() is { Count: > 0 } group)
                {
                    await Answer(group);
                }
            }
            finally
            {
                // A full fence: whoever asks now either sees that nobody reads, or is seen by the look at the questions above.
                Interlocked.Exchange(ref reading, 0);
            }
        }
    }

    private List<Question> Next()
    {
        var group = new List<Question>();
        while (group.Count < LargestGroup && questions.Reader.TryRead(out var question))
        {
            group.Add(question);
        }

        return group;
    }

    private async Task Answer(List<Question> group)
    {
        try
        {
            PostgresMetrics.Read.Record(group.Count);
            var answers = await read([.. group.Select(question => question.Key).Distinct()]);
            group.ForEach(question => question.Answer.TrySetResult(answers.GetValueOrDefault(question.Key)));
        }
        catch (Exception exception)
        {
            group.ForEach(question => question.Answer.TrySetException(exception));
        }
    }

    private sealed record Question(TKey Key, TaskCompletionSource<TValue?> Answer);
}
