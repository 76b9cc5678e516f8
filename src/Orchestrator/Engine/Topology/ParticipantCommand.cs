using System.CommandLine;
using System.Data.Common;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Messaging.Postgres.Schema;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>
/// The verb <c>participant add</c>: gives broker and database what a new participant needs, says what its team is to know, and starts
/// nothing.
/// </summary>
internal sealed class ParticipantCommand(IServiceProvider services, TextWriter output, TextWriter error)
{
    public const string Name = "participant";

    // Whoever lists processes sees their arguments.
    private const string ConsoleVariable = "SAGAS_BROKER_CONSOLE";

    private readonly Argument<string> participant = new("name") { Description = "Its queue: also its user, schema and role." };

    private readonly Option<string?> console = new("--console")
    {
        Description = $"http[s]://ADMIN:PASSWORD@HOST:PORT of RabbitMQ's management. Left out: {ConsoleVariable}.",
    };

    private readonly Option<string> secrets = new("--secrets")
    {
        Description = "The folder that new passwords are written to, each in a file of its own.",
        DefaultValueFactory = _ => "secrets",
    };

    private readonly Option<string[]> sharedWith = new("--shared-with")
    {
        Description = "Queues of other orchestrators that it answers too.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> passwords = new("--passwords")
    {
        Description = "files, or development: NAME-dev, which is for development only.",
        DefaultValueFactory = _ => "files",
    };

    /// <summary>Carries the verb out.</summary>
    /// <param name="args">All arguments, <c>participant</c> first.</param>
    /// <returns>The exit status.</returns>
    public Task<int> Run(string[] args)
    {
        passwords.AcceptOnlyFromAmong("files", "development");
        var add = new Command("add", "Gives broker and database what a new participant needs. It may run any number of times.")
        {
            participant,
            console,
            secrets,
            sharedWith,
            passwords,
        };
        add.SetAction((parsed, cancellationToken) => Add(parsed, cancellationToken));
        return new RootCommand { new Command(Name, "Participants.") { add } }
            .Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    private async Task<int> Add(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var topology = services.GetRequiredService<SagaTopology>();
            var name = parsed.GetRequiredValue(participant);
            topology.CheckNew(name);
            var keys = new NewPasswords(parsed.GetValue(passwords) == "development" ? null : parsed.GetRequiredValue(secrets));
            using var broker = new BrokerDesk(Console(parsed), topology.VirtualHost);
            var user = await broker.Add(topology, name, parsed.GetValue(sharedWith)!, keys, cancellationToken);
            var role = await ParticipantRole.Add(Migrator(), name, keys, cancellationToken);
            var isPlanned = services.GetRequiredService<PlanCatalogue>().Participants.Contains(name);
            await output.WriteAsync(ParticipantSheet.Of(topology, name, user, role, isPlanned));
            return 0;
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or DbException
                        or HttpRequestException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            await error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }

    private Uri Console(ParseResult parsed)
    {
        var given = parsed.GetValue(console) ?? Environment.GetEnvironmentVariable(ConsoleVariable);
        return
            Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Contains(':')
            ? address
            : throw new InvalidOperationException(
                $"Where RabbitMQ's management is, nobody said. Set {ConsoleVariable} or --console: http://admin:PASSWORD@HOST:15672."
            );
    }

    private string Migrator() =>
        services.GetService<SchemaMigration>()?.ConnectionString
        ?? throw new InvalidOperationException(
            "The connection string 'Migrator' is missing. Set ConnectionStrings__Migrator to that of a role that may make roles."
        );
}
