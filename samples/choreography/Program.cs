using System.CommandLine;
using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Choreography.Running;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Settings;

var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build().WithSecretFiles();
var file = new Argument<FileInfo>("file") { Description = "JSON Lines, as in infra/sample." };
file.AcceptExistingOnly();
var virtualHost = new Option<string>("--vhost") { Description = "The virtual host.", DefaultValueFactory = _ => "choreography" };
var orders = new Option<int>("--orders") { Description = "How many orders are expected at least." };
var letters = new Option<int>("--dead-letters") { Description = "How many dead letters are expected." };
var patience = new Option<int>("--patience") { Description = "For how many seconds to wait.", DefaultValueFactory = _ => 120 };

var topology = new Command("topology", "Print what the broker must have, as definitions with development passwords.") { virtualHost };
topology.SetAction(parsed => Console.Write(Choreography.Definitions(parsed.GetRequiredValue(virtualHost))));

var migrate = new Command("migrate", "Make the roles and the tables, with the connection string Migrator.");
migrate.SetAction((_, cancellationToken) => Choreography.Migrate(Migrator(), cancellationToken));

var stock = new Command("load-stock", "Add products that are not there yet, with the connection string Migrator.") { file };
stock.SetAction(
    async (parsed, cancellationToken) =>
        Console.WriteLine($"{await Files.LoadStock(parsed.GetRequiredValue(file).FullName, Migrator(), cancellationToken)} products added.")
);

var place = new Command("place", "Send orders.") { file };
place.SetAction(
    async (parsed, cancellationToken) =>
        Console.WriteLine($"{await Files.Place(parsed.GetRequiredValue(file).FullName, settings, cancellationToken)} orders sent.")
);

var check = new Command("check", "Wait until every order has ended, and check what is left. Exit status 0 if all holds.")
{
    orders,
    letters,
    patience,
};
check.SetAction(
    async (parsed, cancellationToken) =>
        await EndCheck.Run(
            settings,
            Migrator(),
            new Expected(parsed.GetValue(orders), parsed.GetValue(letters)),
            TimeSpan.FromSeconds(parsed.GetValue(patience)),
            cancellationToken
        )
            ? 0
            : 1
);

var root = new RootCommand("The order services without an orchestrator: each reacts to the events of the others.")
{
    topology,
    migrate,
    stock,
    place,
    check,
};
root.SetAction((_, cancellationToken) => Choreography.Serve(cancellationToken));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

string Migrator() => ConnectionStrings.Required(settings, "Migrator");
