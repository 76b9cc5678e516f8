using SagaOrchestrator.Engine.Telemetry;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Searches once as the process starts, so that nobody's first question waits while the queries are compiled.</summary>
internal sealed class WarmSearch(SagaSearch search, ILogger<WarmSearch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The process's start does not wait for this.
        await Task.Yield();
        try
        {
            await search.Find(new SagaQuery(), from: null, limit: 1, stoppingToken);
            await search.Find(new SagaQuery { BusinessKey = "-" }, from: null, limit: 1, stoppingToken);
        }
#pragma warning disable CA1031 // Whoever asks next is told what is wrong.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            SagaLog.SearchNotWarm(log, exception.Message);
        }
    }
}
