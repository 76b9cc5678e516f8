using SagaOrchestrator;
using SagaOrchestrator.Server;

try
{
    var app = OrchestratorApp.Build(args);
    return await app.RunSagaCommands(args, () => OrchestratorApp.Run(app));
}
catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
{
    // A setting or a plan is missing or wrong: the message says the next move, and a stack trace would hide it.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
