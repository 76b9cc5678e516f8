using System.CommandLine;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Http;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Services.Embedded;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Server.Sagas;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>The whole system in this process, without any server.</summary>
internal static class EmbeddedCommand
{
    public static Command Create(Option<FileInfo> orders)
    {
        var stock = new Option<FileInfo>("--stock") { Required = true, Description = "Stock as JSON Lines." };
        var url = new Option<string>("--url") { Required = true, Description = "Where the API listens." };
        var once = new Option<bool>("--once") { Description = "End after the table." };
        var command = new Command("embedded", "Run orders without any server; nothing survives.") { orders, stock, url, once };
        command.SetAction(
            (parsed, cancellationToken) =>
                Run(
                    parsed.GetRequiredValue(orders),
                    parsed.GetRequiredValue(stock),
                    parsed.GetRequiredValue(url),
                    parsed.GetValue(once),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> Run(FileInfo orders, FileInfo stock, string url, bool once, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLine(
            "[yellow]Embedded: transport and store are in memory. Nothing survives this process; do not build on it.[/]"
        );
        var (products, bad) = StockFile.Read(stock.FullName);
        await using var app = Build(products, url, out var participants);
        await app.StartAsync(cancellationToken);

        var evidence = new EmbeddedEvidence(
            app.Services.GetRequiredService<ISagaStore>(),
            participants,
            app.Services.GetRequiredService<MemoryFence>(),
            app.Services.GetServices<ServiceEndpoint>()
        );
        var status = await OrderRun.Execute(
            orders,
            new Uri(url),
            started => evidence.Gather(started, cancellationToken),
            [.. bad.Select(line => line.ToString())],
            cancellationToken
        );
        if (!once)
        {
            AnsiConsole.Console.WriteLine(
                $"\n  API               {url}/api/v1/sagas\n  API with a UI     {url}{SagaApi.UiPath}\n\nServing. Ctrl-C ends it."
            );
            await app.WaitForShutdownAsync(cancellationToken);
        }

        return status;
    }

    private static WebApplication Build(IReadOnlyList<StockLine> products, string url, out EmbeddedParticipants participants)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        // Short enough to watch the silent payment gateway time out, unless somebody set another.
        builder.Configuration["OrderFulfillment:StepTimeout"] ??= "00:00:05";
        builder.Services.AddSagaApi(builder.Configuration);
        builder
            .Services.AddSagaOrchestrator(options => options.ReadFrom(builder.Configuration).UseInMemory())
            .Services.AddOrderPlans(builder.Configuration);
        participants = new EmbeddedParticipants(products, builder.Configuration);
        participants.AddTo(builder.Services);
        var app = builder.Build();
        app.MapSagaApi();
        return app;
    }
}
