using SagaOrchestrator.Cli;

return await SagasCommand.Run(args, Console.Out, Console.Error);
