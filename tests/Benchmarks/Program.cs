using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Growing;
using SagaOrchestrator.Benchmarks.Reporting;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Soaking;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// Long enough to drain what is being handled.
return await new RootCommand("Measures sagas: the product, MassTransit with sagas in memory, and two hand-written floors.")
{
    ServeCommand.Create(),
    DriveCommand.Create(),
    ChartCommand.Create(),
    GrowCommand.Create(),
    SoakCommand.Create(),
}.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
