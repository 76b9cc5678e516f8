using SagaOrchestrator.Certify;
using Spectre.Console;

return await new CertifyCommand(AnsiConsole.Console, Console.Error).Run(args);
