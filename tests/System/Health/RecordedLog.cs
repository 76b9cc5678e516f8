using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SagaOrchestrator.Tests.Health;

/// <summary>What a service tells about its conditions.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>All lines, in order.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>The lines about a condition, in order.</summary>
    public IReadOnlyList<string> About(string condition) =>
        [
            .. lines.Where(line =>
                line.Contains($"condition {condition}:", StringComparison.Ordinal)
                || line.Contains($"condition {condition},", StringComparison.Ordinal)
            ),
        ];

    public ILogger CreateLogger(string categoryName) => new Logger(lines);

    public void Dispose() { }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
