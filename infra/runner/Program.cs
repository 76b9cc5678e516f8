using System.CommandLine;
using SagaOrchestrator.Runner.Commands;

var orders = new Option<FileInfo>("--orders") { Required = true, Description = "Orders as JSON Lines." };
return await new RootCommand("Runs orders through SagaOrchestrator.")
{
    DriveCommand.Create(orders),
    EmbeddedCommand.Create(orders),
    ScenarioCommand.Create(),
}.Parse(args).InvokeAsync();
