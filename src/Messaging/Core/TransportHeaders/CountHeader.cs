using System.Globalization;
using MassTransit;

namespace SagaOrchestrator.Messaging.TransportHeaders;

/// <summary>Reads a header that counts. Whoever sends a message can write anything there: what is no count is none.</summary>
internal static class CountHeader
{
    private const int Most = 1000;

    /// <summary>The count; zero when there is none.</summary>
    public static int Of(ReceiveContext context, string header) =>
        context.TransportHeaders.TryGetHeader(header, out var value)
        && int.TryParse(
            Convert.ToString(value, CultureInfo.InvariantCulture),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? Math.Min(count, Most)
            : 0;
}
