using System.Buffers.Binary;
using System.Text;

namespace SagaOrchestrator.Tests.Observability;

/// <summary>A message of protobuf, read by the numbers of its fields.</summary>
internal sealed class Wire
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly List<(int Field, ulong Number, byte[] Bytes)> fields = [];

    public Wire(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            var key = Number(ref message);
            var field = (int)(key >> 3);
            switch ((int)(key & 7))
            {
                case Varint:
                    fields.Add((field, Number(ref message), []));
                    break;
                case Fixed64:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case Fixed32:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                case Bytes:
                    var length = (int)Number(ref message);
                    fields.Add((field, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
                case var kind:
                    throw new FormatException($"Field {field} has the wire type {kind}.");
            }
        }
    }

    public bool Has(int field) => fields.Exists(one => one.Field == field);

    public ulong Number(int field) => fields.Find(one => one.Field == field).Number;

    public string Text(int field) => Encoding.UTF8.GetString(fields.Find(one => one.Field == field).Bytes ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(fields.Find(one => one.Field == field).Bytes ?? []);

    /// <summary>The doubles that are packed in a field.</summary>
    public IReadOnlyList<double> Doubles(int field)
    {
        var bytes = fields.Find(one => one.Field == field).Bytes ?? [];
        return [.. bytes.Chunk(sizeof(double)).Select(chunk => BitConverter.ToDouble(chunk))];
    }

    public IEnumerable<Wire> Messages(int field) => fields.Where(one => one.Field == field).Select(one => new Wire(one.Bytes));

    public Wire? Message(int field) => Messages(field).FirstOrDefault();

    private static ulong Number(ref ReadOnlySpan<byte> message)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
