using System.Net;
using System.Runtime.CompilerServices;

namespace SagaOrchestrator.Client;

/// <summary>
/// Starts, follows and signals sagas over the orchestrator's API. A start and a signal are idempotent, so the client repeats them while the
/// orchestrator cannot be reached, and each counts once. Safe for use by many threads.
/// </summary>
/// <param name="http">What it calls with. Its base address is the API's.</param>
/// <param name="options">Where the API is, and who calls it.</param>
public sealed class SagaClient(HttpClient http, SagaClientOptions options)
{
    private const string Sagas = "api/v1/sagas";
    private readonly ApiCalls calls = new(http, options);

    /// <summary>Starts a saga, or finds the one that the same start has made before.</summary>
    /// <typeparam name="T">The plan's start.</typeparam>
    /// <param name="type">The plan's name, for example <c>order-fulfillment</c>.</param>
    /// <param name="start">What the plan begins with. Its business key makes it idempotent.</param>
    /// <param name="cancellationToken">Ends the wait. The saga may have been started.</param>
    /// <exception cref="SagaClientException">
    /// <c>business-key-conflict</c>: the business key belongs to a saga with other data, which <see cref="SagaClientException.SagaId"/>
    /// names. <c>invalid-request</c>: <see cref="SagaClientException.Errors"/> names the wrong fields. Or the API could not be reached.
    /// </exception>
    public async Task<StartedSaga> Start<T>(string type, T start, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var (status, saga) = await calls.Post($"{Sagas}/{Uri.EscapeDataString(type)}", start, isIdempotent: true, cancellationToken);
        return new StartedSaga(saga, status == HttpStatusCode.Accepted);
    }

    /// <summary>Where a saga stands; null when there is none of that id.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SagaClientException">The API refused the call, or could not be reached.</exception>
    public Task<SagaStatus?> Find(Guid saga, CancellationToken cancellationToken = default) =>
        calls.Find($"{Sagas}/{saga}", calls.Patience(), cancellationToken);

    /// <summary>Where a saga stands; null when there is none of that business key.</summary>
    /// <param name="type">The plan's name.</param>
    /// <param name="businessKey">What the business calls it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="Find(Guid, CancellationToken)"/>
    public Task<SagaStatus?> Find(string type, string businessKey, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(businessKey);
        return calls.Find($"{Sagas}/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(businessKey)}", calls.Patience(), cancellationToken);
    }

    /// <summary>
    /// Waits until a saga has ended, through restarts and outages of the orchestrator: only the token ends the wait, whatever
    /// <see cref="SagaClientOptions.Patience"/> says. A parked saga has not ended: it waits for an operator.
    /// </summary>
    /// <param name="saga">The saga.</param>
    /// <param name="cancellationToken">Ends the wait. The saga goes on.</param>
    /// <exception cref="SagaClientException">There is no such saga, or what answers is no orchestrator's API.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token ended the wait. The message says what the client saw last: an entry of the saga, or a failure, which is then the inner
    /// exception.
    /// </exception>
    public async Task<SagaStatus> WaitForEnd(Guid saga, CancellationToken cancellationToken = default)
    {
        var repeats = new Repeats(Timeout.InfiniteTimeSpan);
        SagaEntry? last = null;
        try
        {
            await foreach (var entry in Streams.OfSaga(calls, repeats, saga, after: 0, cancellationToken))
            {
                last = entry;
            }

            return await calls.Find($"{Sagas}/{saga}", repeats, cancellationToken)
                ?? throw new SagaClientException($"There is no saga {saga} any more: its retention has passed.")
                {
                    Status = HttpStatusCode.NotFound,
                };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(Seen(saga, last, repeats.Last), repeats.Last, cancellationToken);
        }
    }

    /// <summary>
    /// What happens to a saga, as it happens: its history and what comes, each entry once and in order. It reconnects by itself, and ends
    /// with the saga.
    /// </summary>
    /// <param name="saga">The saga.</param>
    /// <param name="after">The version behind which it begins; 0 from the start.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SagaClientException">There is no such saga, or the API could not be reached for too long.</exception>
    public IAsyncEnumerable<SagaEntry> Follow(Guid saga, int after = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return Streams.OfSaga(calls, calls.Patience(), saga, after, cancellationToken);
    }

    /// <summary>Tells a saga something that it waits for, or will wait for. The same id again changes nothing.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="signal">What it is told.</param>
    /// <param name="cancellationToken">Ends the wait. The saga may have been told.</param>
    /// <returns>The saga as it is then.</returns>
    /// <exception cref="SagaClientException">The signal is refused; the message says why. Or the API could not be reached.</exception>
    public async Task<SagaStatus> Signal(Guid saga, SagaSignal signal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var body = new
        {
            SignalId = signal.Id,
            signal.Name,
            signal.Data,
            Decline = signal.DeclineCode is { } code ? new { Code = code, Reason = signal.DeclineReason } : null,
        };
        return (await calls.Post($"{Sagas}/{saga}/signals", body, isIdempotent: true, cancellationToken)).Saga;
    }

    /// <summary>
    /// Gives a saga up, in the caller's name; what it did is undone. Refused from the pivot on. A second cancel changes nothing.
    /// </summary>
    /// <param name="saga">The saga.</param>
    /// <param name="reason">Why, 1 to 500 characters; kept in the history.</param>
    /// <param name="cancellationToken">Ends the wait. The saga may have been cancelled.</param>
    /// <returns>The saga as it is then.</returns>
    /// <exception cref="SagaClientException"><c>after-pivot</c> or <c>pivot-underway</c>, or the API could not be reached.</exception>
    public async Task<SagaStatus> Cancel(Guid saga, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return (
            await calls.Post($"{Sagas}/{saga}/cancel", new { options.By, Reason = reason }, isIdempotent: true, cancellationToken)
        ).Saga;
    }

    /// <summary>
    /// Every saga that has ended, once and in order, from a position on; then it waits for more and never ends. Whoever keeps the last
    /// <see cref="SagaOutcome.Position"/> together with what he did for it misses nothing and does nothing twice.
    /// </summary>
    /// <param name="after">The position behind which it begins; 0 for all that are kept.</param>
    /// <param name="types">Only these plans; empty for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SagaClientException">The API refused the call, or could not be reached for too long.</exception>
    public IAsyncEnumerable<SagaOutcome> Outcomes(
        long after = 0,
        IReadOnlyCollection<string>? types = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return Read(
            after,
            types is { Count: > 0 } ? "&type=" + string.Join(',', types.Select(Uri.EscapeDataString)) : string.Empty,
            cancellationToken
        );
    }

    private static string Seen(Guid saga, SagaEntry? last, SagaClientException? failure) =>
        $"The wait for the end of saga {saga} was ended by its token. "
        + (
            failure is not null ? $"Last: {failure.Message}"
            : last is not null ? $"Last came {last.Type}{(last.Step is { } step ? $" of {step}" : string.Empty)}, version {last.Version}."
            : "Nothing had come yet."
        );

    private async IAsyncEnumerable<SagaOutcome> Read(long after, string only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await calls.Read<OutcomePage>($"api/v1/outcomes?after={after}&wait=30s{only}", calls.Patience(), cancellationToken);
            foreach (var outcome in page.Items)
            {
                yield return outcome;
            }

            after = page.Next;
        }
    }

    private sealed record OutcomePage(IReadOnlyList<SagaOutcome> Items, long Next);
}
