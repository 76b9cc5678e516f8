using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Fuzz.Sending;

/// <summary>What came back for a request.</summary>
/// <param name="Status">The status; 0 when the server closed without an answer.</param>
/// <param name="Headers">The head of the answer.</param>
/// <param name="Body">What followed, as it came.</param>
/// <param name="IsHang">Whether nothing came to an end within the patience.</param>
internal sealed record HttpAnswer(int Status, string Headers, string Body, bool IsHang)
{
    public static HttpAnswer Hang { get; } = new(0, string.Empty, string.Empty, IsHang: true);

    public static HttpAnswer Of(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        while (rest.StartsWith("HTTP/1.1 100"u8) && rest.IndexOf("\r\n\r\n"u8) is > 0 and var end)
        {
            rest = rest[(end + 4)..];
        }

        var length = rest.IndexOf("\r\n\r\n"u8);
        var head = Encoding.UTF8.GetString(rest[..Math.Max(length, 0)]);
        if (head.Length <= 12 || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return new HttpAnswer(0, string.Empty, Encoding.UTF8.GetString(rest), IsHang: false);
        }

        var body = rest[(length + 4)..];
        var isChunked = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return new HttpAnswer(status, head, Encoding.UTF8.GetString(isChunked ? Joined(body) : body), IsHang: false);
    }

    // A long answer comes in chunks, each behind a line with its length.
    private static byte[] Joined(ReadOnlySpan<byte> chunks)
    {
        var joined = new List<byte>(chunks.Length);
        while (
            chunks.IndexOf("\r\n"u8) is > 0 and var line
            && int.TryParse(chunks[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length)
            && length > 0
            && chunks.Length >= line + 2 + length
        )
        {
            joined.AddRange(chunks.Slice(line + 2, length));
            var next = line + 2 + length + 2;
            chunks = next < chunks.Length ? chunks[next..] : [];
        }

        return [.. joined];
    }
}
