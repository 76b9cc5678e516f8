using System.CommandLine;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>A picture as the API draws it.</summary>
internal sealed class Picture
{
    public Option<string> Format { get; } =
        new Option<string>("--format")
        {
            Description = "mermaid (a text) or svg.",
            DefaultValueFactory = _ => "mermaid",
        }.AcceptOnlyFromAmong("mermaid", "svg");

    public Task Write(Call call, Operation operation, params string[] values) =>
        call.Screen.Raw(to => call.Api.Copy(operation, Query.None.With("format", call.Value(Format)), "*/*", to, call.Stop, values));
}
