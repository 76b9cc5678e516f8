using SagaOrchestrator.Server;

try
{
    return await OrchestratorApp.Run(OrchestratorApp.Build(args));
}
catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
{
    // A setting or a plan is missing or wrong: the message says the next move, and a stack trace would hide it.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
