using System.CommandLine;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>What every measurement is told by the script that starts the servers.</summary>
internal static class ServerOptions
{
    private static readonly Option<string> Postgres = new("--postgres")
    {
        Required = true,
        Description = "A superuser's connection string.",
    };
    private static readonly Option<int> RabbitMqPort = new("--rabbitmq-port") { Required = true, Description = "The broker's AMQP port." };
    private static readonly Option<int> RabbitMqTlsPort = new("--rabbitmq-tls-port")
    {
        Required = true,
        Description = "The broker's AMQP port over TLS.",
    };
    private static readonly Option<FileInfo> Authority = new("--authority")
    {
        Required = true,
        Description = "The certificate of who vouches for both servers.",
    };
    private static readonly Option<Uri> Console = new("--console")
    {
        Required = true,
        Description = "The broker's console, with user and password.",
        CustomParser = parsed => new Uri(parsed.Tokens[0].Value),
    };

    private static readonly Option<DirectoryInfo> Logs = new("--logs") { Required = true, Description = "Where the systems' output goes." };
    private static readonly Option<FileInfo> Definitions = new("--definitions")
    {
        Required = true,
        Description = "The product's queues, as infra/rabbitmq/definitions.json.",
    };
    private static readonly Option<string> Commit = new("--commit")
    {
        DefaultValueFactory = _ => "unknown",
        Description = "The commit that is measured.",
    };

    /// <summary>A command with these options, whose status is 1 when what it measured is worth nothing.</summary>
    public static Command Add(Command command, Func<ParseResult, Bench, CancellationToken, Task<int>> run)
    {
        foreach (var option in new Option[] { Postgres, RabbitMqPort, RabbitMqTlsPort, Authority, Console, Logs, Definitions, Commit })
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => Run(parsed, run, cancellationToken));
        return command;
    }

    public static int AtLeastOne(int value, Option option) =>
        value >= 1 ? value : throw new BenchmarkFailure($"{option.Name} must be 1 or more.");

    private static async Task<int> Run(
        ParseResult parsed,
        Func<ParseResult, Bench, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var servers = new BenchServers(
                parsed.GetRequiredValue(Postgres),
                parsed.GetRequiredValue(RabbitMqPort),
                new ServersTls(parsed.GetRequiredValue(RabbitMqTlsPort), parsed.GetRequiredValue(Authority).FullName),
                parsed.GetRequiredValue(Console),
                parsed.GetRequiredValue(Definitions).FullName
            );
            return await run(
                parsed,
                new Bench(servers, parsed.GetRequiredValue(Logs).FullName, parsed.GetRequiredValue(Commit)),
                cancellationToken
            );
        }
        catch (BenchmarkFailure failure)
        {
            await System.Console.Error.WriteLineAsync($"\nerror: {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 1;
        }
    }
}

/// <summary>Where is measured.</summary>
/// <param name="Servers">On which servers.</param>
/// <param name="Logs">The folder for the systems' output.</param>
/// <param name="Commit">Which commit.</param>
internal sealed record Bench(BenchServers Servers, string Logs, string Commit);
