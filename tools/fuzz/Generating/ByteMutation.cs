using System.Text;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Changes the bytes of a document, whatever they mean.</summary>
internal static class ByteMutation
{
    public static byte[] Of(Dice dice, byte[] bytes) =>
        dice.Below(13) switch
        {
            0 => [],
            1 => bytes[..dice.Below(bytes.Length + 1)],
            2 => [0xEF, 0xBB, 0xBF, .. bytes],
            3 => [.. bytes, .. bytes],
            4 => [.. bytes, .. "garbage"u8],
            5 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
            6 => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(bytes) + "é"),
            7 => [.. "["u8, .. bytes, .. "]"u8],
            8 => [.. "// comment\n"u8, .. bytes],
            9 => dice.Bytes(dice.Below(200)),
            10 => [.. bytes, .. Enumerable.Repeat((byte)' ', dice.Of(100, 300_000))],
            11 => "  \r\n"u8.ToArray(),
            _ => Flipped(dice, bytes),
        };

    private static byte[] Flipped(Dice dice, byte[] bytes)
    {
        byte[] changed = [.. bytes];
        for (var times = changed.Length == 0 ? 0 : 1 + dice.Below(5); times > 0; times--)
        {
            changed[dice.Below(changed.Length)] = (byte)dice.Below(256);
        }

        return changed;
    }
}
