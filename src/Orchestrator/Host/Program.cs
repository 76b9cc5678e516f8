using SagaOrchestrator.Host;

try
{
    var app = await OrchestratorApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
{
    // A setting or a plan that is missing: the message says the next move, and a stack trace would hide it.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
