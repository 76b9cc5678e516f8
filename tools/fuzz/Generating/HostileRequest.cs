using System.Text;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Number">Which one of its run.</param>
/// <param name="Line">Method, target and version.</param>
/// <param name="Headers">Name and value, but for Host.</param>
/// <param name="Body">The bytes after the headers.</param>
/// <param name="IsBroken">Whether it is no valid HTTP, so that the server may answer by itself without words, or close.</param>
internal sealed record HostileRequest(
    int Number,
    string Line,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[] Body,
    bool IsBroken
)
{
    /// <summary>Whether the server refuses it before anybody else sees it: characters outside of ASCII, and NUL in a path.</summary>
    public static bool IsNoTarget(string target) =>
        target.Any(one => one is <= ' ' or > '~') || target.Split('?')[0].Contains("%00", StringComparison.Ordinal);

    public byte[] Bytes(Uri server)
    {
        var head = new StringBuilder(Line).Append("\r\nHost: ").Append(server.Authority).Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
