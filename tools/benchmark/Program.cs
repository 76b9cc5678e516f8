using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Flooding;
using SagaOrchestrator.Benchmarks.Growing;
using SagaOrchestrator.Benchmarks.Reporting;
using SagaOrchestrator.Benchmarks.Searching;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Soaking;
using SagaOrchestrator.Telemetry;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Measures sagas: the product, MassTransit with sagas in memory, and two hand-written floors.")
{
    ServeCommand.Create(),
    DriveCommand.Create(),
    ChartCommand.Create(),
    GrowCommand.Create(),
    SoakCommand.Create(),
    SearchCommand.Create(),
    FloodCommand.Create(),
};

// Long enough to drain what is being handled.
return await Complaint.InOneLine(() =>
    root.Parse(args)
        .InvokeAsync(
            new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30), EnableDefaultExceptionHandler = false }
        )
);
