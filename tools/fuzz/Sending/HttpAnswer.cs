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
        var text = Encoding.UTF8.GetString(bytes);
        while (
            text.StartsWith("HTTP/1.1 100", StringComparison.Ordinal)
            && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var end
        )
        {
            text = text[(end + 4)..];
        }

        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var isAnswer = head > 12 && int.TryParse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isAnswer
            ? new HttpAnswer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..head], text[(head + 4)..], IsHang: false)
            : new HttpAnswer(0, string.Empty, text, IsHang: false);
    }
}
