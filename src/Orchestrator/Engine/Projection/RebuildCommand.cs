namespace SagaOrchestrator.Engine.Projection;

/// <summary>The verb <c>rebuild-summaries</c> of a host's program.</summary>
internal static class RebuildCommand
{
    public const string Name = "rebuild-summaries";

    public static async Task<int> Run(IServiceProvider services, TextWriter output, TextWriter errors)
    {
        if (services.GetService<SummaryRebuild>() is not { } rebuild)
        {
            await errors.WriteLineAsync(
                "This orchestrator keeps its sagas in memory, where summaries are always whole. There is nothing to rebuild."
            );
            return 2;
        }

        var sagas = await rebuild.Run(CancellationToken.None);
        await output.WriteLineAsync(
            $"The nodes that run make the summaries of {sagas} sagas anew. Until saga.summaries.lag is near zero again, lists lack some "
                + $"of them."
        );
        return 0;
    }
}
