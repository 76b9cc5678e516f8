using System.CommandLine;
using SagaOrchestrator.Runner.Commands;
using SagaOrchestrator.Telemetry;

var orders = new Option<FileInfo>("--orders") { Required = true, Description = "Orders as JSON Lines." };
var root = new RootCommand("Runs orders through SagaOrchestrator.")
{
    DriveCommand.Create(orders),
    EmbeddedCommand.Create(orders),
    ResultsCommand.Create(),
    ScenarioCommand.Create(),
};
return await Complaint.InOneLine(() => root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
