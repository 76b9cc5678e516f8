using SagaOrchestrator.Host;

WebApplication app;
try
{
    app = await OrchestratorApp.Build(args);
}
catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
{
    // A setting or a plan is missing or wrong: the message says the next move, and a stack trace would hide it.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

return await OrchestratorApp.Run(app);
