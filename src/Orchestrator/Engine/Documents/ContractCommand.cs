using System.CommandLine;
using SagaOrchestrator.Contracts;

namespace SagaOrchestrator.Engine.Documents;

/// <summary>The verb <c>contract</c>: writes what the orchestrator and others send one another, and starts nothing.</summary>
internal static class ContractCommand
{
    public const string Name = "contract";

    /// <summary>Carries the verb out.</summary>
    /// <param name="services">The host's services; nothing of them is started.</param>
    /// <param name="args">All arguments, <c>contract</c> first.</param>
    /// <param name="output">Takes the text.</param>
    /// <param name="error">Takes what is wrong with the arguments.</param>
    /// <returns>The exit status.</returns>
    public static int Run(IServiceProvider services, string[] args, TextWriter output, TextWriter error)
    {
        var format = new Option<string>("--format")
        {
            Required = true,
            Description = string.Join("; ", ContractFormat.All.Select(one => $"{one.Name}: {one.Words}")) + ".",
        };
        format.AcceptOnlyFromAmong([.. ContractFormat.All.Select(one => one.Name)]);
        var verb = new Command(
            Name,
            "Writes the contract of the registered plans: messages, queues, results, and the rules of a participant."
        )
        {
            format,
        };
        verb.SetAction(parsed =>
            output.Write(services.GetRequiredService<ContractDocuments>().Write(ContractFormat.Find(parsed.GetValue(format))!))
        );
        return new RootCommand { verb }
            .Parse(args)
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
    }
}
