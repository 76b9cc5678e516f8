using System.CommandLine;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Participants.Services;
using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Telemetry;

var services = new Option<string[]>("--services")
{
    Description = "Which services to start; all of them, in one process, when left out.",
    AllowMultipleArgumentsPerToken = true,
};
services.AcceptOnlyFromAmong([.. ParticipantService.All.Select(service => service.Name)]);
var file = new Argument<FileInfo>("file") { Description = "JSON Lines with productId, name and available." };
file.AcceptExistingOnly();

var loadStock = new Command("load-stock", "Add products to the inventory that are not there yet.") { file };
loadStock.SetAction((parsed, cancellationToken) => LoadStock(parsed.GetRequiredValue(file).FullName, cancellationToken));

var migrate = new Command(SchemaMigration.Verb, "Apply the services' schemas, with the connection string Migrator, and start nothing.")
{
    services,
};
migrate.SetAction((parsed, cancellationToken) => Migrate(Chosen(parsed), cancellationToken));

var root = new RootCommand("The participants of the order saga.") { services, loadStock, migrate };
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        try
        {
            return await Run(Chosen(parsed), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end before everything was started.
            return 0;
        }
    }
);

// Long enough to drain what is being handled.
return await Complaint.InOneLine(() =>
    root.Parse(args)
        .InvokeAsync(
            new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30), EnableDefaultExceptionHandler = false }
        )
);

ParticipantService[] Chosen(ParseResult parsed) =>
    [.. ParticipantService.All.Where(service => parsed.GetValue(services) is not { Length: > 0 } chosen || chosen.Contains(service.Name))];

static async Task<int> Migrate(IReadOnlyList<ParticipantService> chosen, CancellationToken cancellationToken)
{
    foreach (var service in chosen)
    {
        using var host = ParticipantApp.Build(service, []);
        await host.Services.GetRequiredService<SchemaMigration>().Apply(Console.Out, cancellationToken);
    }

    return 0;
}

static async Task<int> Run(IReadOnlyList<ParticipantService> chosen, CancellationToken cancellationToken)
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    foreach (var service in chosen)
    {
        ConnectionStrings.Required(configuration, service.Name);
    }

    var hosts = new List<IHost> { ParticipantApp.Telemetry(chosen.Count == 1 ? chosen[0].Name : "participants") };
    foreach (var service in chosen)
    {
        hosts.Add(ParticipantApp.Build(service, []));
    }

    // They live and die together: a service that stops on its own would leave its orders to time out, unseen.
    using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    var running = hosts.ConvertAll(host => host.RunAsync(together.Token));
    await Task.WhenAny(running);
    await together.CancelAsync();
    await Task.WhenAll(running);
    return cancellationToken.IsCancellationRequested ? 0 : 1;
}

static async Task<int> LoadStock(string path, CancellationToken cancellationToken)
{
    var (lines, bad) = StockFile.Read(path);
    foreach (var line in bad)
    {
        await Console.Error.WriteLineAsync(line.ToString());
    }

    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    var added = await StockFile.Load(ConnectionStrings.Required(configuration, "inventory"), "inventory", lines, cancellationToken);
    Console.WriteLine($"{added} products added, {lines.Count - added} were there already, {bad.Count} lines could not be used.");
    return bad.Count == 0 ? 0 : 1;
}
