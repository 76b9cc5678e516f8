namespace SagaOrchestrator.Messaging.Failures;

internal static class ExceptionChain
{
    /// <summary>Whether it, or what it was caused by, is one. MassTransit wraps what a handler throws.</summary>
    public static bool Has<T>(this Exception? exception)
        where T : Exception => exception is not null && (exception is T || exception.InnerException.Has<T>());
}
