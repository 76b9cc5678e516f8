namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>Reads as much of an ExportTraceServiceRequest, in protobuf, as is needed to count its spans.</summary>
internal static class OtlpTraces
{
    // resource_spans of the request, scope_spans of each, spans of each.
    private static readonly int[] Path = [1, 2, 2];

    public static int CountSpans(ReadOnlySpan<byte> request) => Count(request, Path);

    private static int Count(ReadOnlySpan<byte> message, ReadOnlySpan<int> path)
    {
        var count = 0;
        while (!message.IsEmpty)
        {
            var key = Number(ref message);
            var content = Content(ref message, (int)key & 7);
            if ((int)(key >> 3) == path[0])
            {
                count += path.Length == 1 ? 1 : Count(content, path[1..]);
            }
        }

        return count;
    }

    private static ReadOnlySpan<byte> Content(ref ReadOnlySpan<byte> message, int wireType)
    {
        if (wireType == 0)
        {
            Number(ref message);
            return [];
        }

        var length = wireType switch
        {
            1 => 8,
            2 => (int)Number(ref message),
            5 => 4,
            _ => throw new InvalidDataException($"Wire type {wireType} is none of a trace."),
        };
        var content = message[..length];
        message = message[length..];
        return content;
    }

    private static ulong Number(ref ReadOnlySpan<byte> message)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
