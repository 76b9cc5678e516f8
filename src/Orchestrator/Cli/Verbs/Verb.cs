using System.CommandLine;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.SignIn;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>A command, and the operations of the API that it calls.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params Operation[] operations)
        : base(name, description) => Operations = operations;

    /// <summary>What it calls. It can call nothing else.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>What it does with the API.</summary>
    public Verb Does(Func<Call, Task<int>> action)
    {
        SetAction((parsed, cancellationToken) => Ending.Of(parsed, screen => Call(parsed, screen, action, cancellationToken)));
        return this;
    }

    /// <summary>The same for what always succeeds when it is not refused.</summary>
    public Verb Does(Func<Call, Task> action) =>
        Does(async call =>
        {
            await action(call);
            return ExitCode.Done;
        });

    public Verb With(params Option[] options)
    {
        Array.ForEach(options, Options.Add);
        return this;
    }

    public Verb With(params Argument[] arguments)
    {
        Array.ForEach(arguments, Arguments.Add);
        return this;
    }

    public Verb With(Parameters parameters)
    {
        foreach (var option in parameters.Options)
        {
            Options.Add(option);
        }

        return this;
    }

    private async Task<int> Call(
        ParseResult parsed,
        Rendering.Screen screen,
        Func<Call, Task<int>> action,
        CancellationToken cancellationToken
    )
    {
        var folder = SettingsFolder.OfUser();
        var target = Target.Of(folder, parsed.GetValue(GlobalOptions.Server), parsed.GetValue(GlobalOptions.Profile));
        var credentials = await Caller.Of(target, folder, screen.Note, cancellationToken);
        using var api = new ApiClient(target.Server, credentials, Operations, screen.Note);
        return await action(new Call(parsed, screen, api, cancellationToken));
    }
}
