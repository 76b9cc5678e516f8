using System.CommandLine;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>The verb <c>topology</c>: writes what broker and database must have, and starts nothing.</summary>
internal static class TopologyCommand
{
    public const string Name = "topology";

    private static readonly Option<string> Format = new("--format")
    {
        Required = true,
        Description = "definitions (for RabbitMQ's import) or sql (the database roles).",
    };

    private static readonly Option<string?> VirtualHost = new("--vhost")
    {
        Description = "The virtual host; that of the settings when it is left out.",
    };

    private static readonly Option<string[]> SharedWith = new("--shared-with")
    {
        Description = "Queues of other orchestrators that share participants with this one.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Passwords = new("--passwords")
    {
        Description = "none, or development: NAME-dev for each, which is for development only.",
        DefaultValueFactory = _ => "none",
    };

    /// <summary>Carries the verb out.</summary>
    /// <param name="services">The host's services; nothing of them is started.</param>
    /// <param name="args">All arguments, <c>topology</c> first.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="error">Takes what is wrong with the arguments.</param>
    /// <returns>The exit status.</returns>
    public static int Run(IServiceProvider services, string[] args, TextWriter output, TextWriter error)
    {
        Format.AcceptOnlyFromAmong("definitions", "sql");
        Passwords.AcceptOnlyFromAmong("none", "development");
        var verb = new Command(
            Name,
            "Writes the queues, exchanges, policies, users and permissions, or the database roles, that the registered plans need."
        )
        {
            Format,
            VirtualHost,
            SharedWith,
            Passwords,
        };
        verb.SetAction(parsed =>
        {
            var topology = services.GetRequiredService<SagaTopology>();
            var options = new TopologyOptions(
                parsed.GetValue(VirtualHost) ?? topology.VirtualHost,
                parsed.GetValue(SharedWith)!,
                parsed.GetValue(Passwords) == "development"
            );
            output.Write(parsed.GetValue(Format) == "sql" ? topology.Roles(options) : topology.Definitions(options));
        });
        return new RootCommand { verb }
            .Parse(args)
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
    }
}
