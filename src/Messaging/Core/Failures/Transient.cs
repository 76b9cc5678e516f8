using System.Data.Common;
using System.Net.Sockets;
using MassTransit;

namespace SagaOrchestrator.Messaging.Failures;

/// <summary>Tells failures of database, broker and network, which pass, from failures of the message, which do not.</summary>
public static class Transient
{
    /// <summary>Whether waiting is the right answer. Recognised by type and SQLSTATE, never by message text (rule S27).</summary>
    public static bool Is(Exception? exception) =>
        exception switch
        {
            null => false,
            DbException { SqlState: { } state } => !IsAboutTheMessage(state),
            NotOnThisNodeException or TransientException or ConsumerCanceledException => true,
            DbException or SocketException or TimeoutException => true,
            OperationCanceledException => true,
            // A driver's, when a connection is torn down while it is being opened or used.
            ObjectDisposedException => true,
            _ => Is(exception.InnerException),
        };

    // Data exceptions, violated constraints, exceeded limits and statements that are wrong come again with the same message. Everything
    // else (failover, shutdown, deadlock, a role or table that is not there yet) passes.
    private static bool IsAboutTheMessage(string sqlState) =>
        sqlState.StartsWith("22", StringComparison.Ordinal)
        || sqlState.StartsWith("23", StringComparison.Ordinal)
        || sqlState.StartsWith("54", StringComparison.Ordinal)
        || (sqlState.StartsWith("42", StringComparison.Ordinal) && sqlState is not ("42501" or "42P01"));
}
