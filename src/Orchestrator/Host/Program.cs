using SagaOrchestrator.Host;

var app = await OrchestratorApp.Build(args);
await app.RunAsync();
