using System.Globalization;
using System.Text;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>What no client library would send.</summary>
internal static class RawRequests
{
    private static readonly (string, string) Json = ("Content-Type", "application/json");
    private static readonly (string, string) Close = ("Connection", "close");
    private static readonly (string, string) Chunked = ("Transfer-Encoding", "chunked");

    public static HostileRequest Of(Dice dice, int number, string method, string target, byte[] body)
    {
        var line = $"{method} {target} HTTP/1.1";
        HostileRequest Broken(string newLine, byte[] newBody, params (string, string)[] headers) =>
            new(number, newLine, headers, newBody, IsBroken: true);
        return dice.Below(16) switch
        {
            0 => Broken(line, "FFFFFFFFFFFFFFFF\r\nabc\r\n"u8.ToArray(), Json, Close, Chunked),
            1 => Broken(line, "zz\r\nabc\r\n0\r\n\r\n"u8.ToArray(), Json, Close, Chunked),
            2 => Broken(line, [.. Chunk(body), .. "5\r\nab"u8], Json, Close, Chunked),
            3 => new(number, line, [Json, Close, Chunked], [.. Chunk(body), .. "0\r\n\r\n"u8], HostileRequest.IsNoTarget(target)),
            4 => Broken(
                line,
                body[..(body.Length / 2)],
                Json,
                Close,
                ("Content-Length", (body.Length + 10).ToString(CultureInfo.InvariantCulture))
            ),
            5 => Broken(line, body, Json, Close, ("Content-Length", "-1")),
            6 => Broken(line, body, Json, Close, ("Content-Length", "1"), ("Content-Length", "2")),
            7 => Broken(line, body, Json, Close, ("Content-Length", "99999999999999999999")),
            8 => Broken(line, [.. Chunk(body), .. "0\r\n\r\n"u8], Json, Close, Chunked, ("Content-Length", "5")),
            9 => Broken(line, Encoding.ASCII.GetBytes($"{line}\r\nHost: x\r\nConnection: close\r\n\r\n"), ("X-Pipelined", "1")),
            10 => Broken($"{method} {target} HTTP/9.9", body, Json, Close),
            11 => Broken($"{method}{target}", body, Json, Close),
            12 => Broken(line, body, Json, Close, ("X Bad", "1")),
            13 => Broken(line, body, Json, Close, ("X-Bad", "a\0b")),
            14 => Broken(line, body, Json, Close, ("Transfer-Encoding", "gzip, chunked")),
            _ => Broken(Encoding.Latin1.GetString(dice.Bytes(1 + dice.Below(300))), dice.Bytes(dice.Below(300))),
        };
    }

    private static byte[] Chunk(byte[] body) =>
        body.Length == 0
            ? []
            : [.. Encoding.ASCII.GetBytes(body.Length.ToString("x", CultureInfo.InvariantCulture)), .. "\r\n"u8, .. body, .. "\r\n"u8];
}
