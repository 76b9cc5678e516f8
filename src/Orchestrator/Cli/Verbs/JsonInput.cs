using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Cli.Api;

namespace SagaOrchestrator.Cli.Verbs;

/// <summary>JSON that somebody gives: itself, <c>@FILE</c>, or <c>-</c> for standard input.</summary>
internal sealed class JsonInput(string name) : Option<string?>(name)
{
    public static JsonInput Make(string name, string description) => new(name) { Description = description, HelpName = "JSON|@FILE|-" };

    public async Task<JsonNode?> Read(Call call) =>
        call.Value(this) switch
        {
            null => null,
            "-" => Parse(await Console.In.ReadToEndAsync(call.Stop), "Standard input"),
            ['@', .. var file] => Parse(await TextFile.Read(file, call.Stop), file),
            var text => Parse(text, Name),
        };

    public static JsonNode Parse(string text, string where)
    {
        try
        {
            return JsonNode.Parse(text) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw FailureException.Usage($"{where} is no JSON: {exception.Message}", null, exception);
        }
    }
}

/// <summary>A text in a file.</summary>
internal static class TextFile
{
    /// <param name="file">Its name; <c>-</c> for standard input.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<string> Read(string file, CancellationToken cancellationToken)
    {
        try
        {
            return file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FailureException.Usage($"'{file}' cannot be read.", "Check the path.", exception);
        }
    }
}
