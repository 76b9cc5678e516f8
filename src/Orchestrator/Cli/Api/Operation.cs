using System.Text;

namespace SagaOrchestrator.Cli.Api;

/// <summary>An operation of the API, by the name that its description gives it.</summary>
/// <param name="Name">Its <c>operationId</c>. One that there is for each saga type has the name without the type.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Template">Its path, with the parameters in braces.</param>
internal sealed record Operation(string Name, HttpMethod Method, string Template)
{
    /// <summary>A status of an error with which it answers in its own form; null for none.</summary>
    public int? AnswersToo { get; init; }

    /// <summary>Its path below the server's address.</summary>
    /// <param name="values">For the parameters, in order.</param>
    public string Path(IReadOnlyList<string> values)
    {
        var (path, next) = (new StringBuilder(), 0);
        foreach (var part in Template.TrimStart('/').Split('/'))
        {
            path.Append(path.Length == 0 ? string.Empty : "/").Append(part.StartsWith('{') ? Uri.EscapeDataString(values[next++]) : part);
        }

        return path.ToString();
    }
}
