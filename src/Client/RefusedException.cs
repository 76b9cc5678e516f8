namespace SagaOrchestrator.Client;

/// <summary>A call that was refused, and when it may be made again.</summary>
internal sealed class RefusedException(SagaClientException failure, TimeSpan? after = null) : Exception(failure.Message, failure)
{
    public SagaClientException Failure { get; } = failure;

    /// <summary>What the API said of how long to wait; null when it said nothing.</summary>
    public TimeSpan? After { get; } = after;
}
