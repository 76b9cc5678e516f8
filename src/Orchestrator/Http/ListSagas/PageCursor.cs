using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SagaOrchestrator.Engine.Search;

namespace SagaOrchestrator.Http.ListSagas;

/// <summary>A place in a list, as clients carry it around. It holds how the list is sorted: it means nothing in another order.</summary>
internal static class PageCursor
{
    public static string Write(SagaPlace place, SagaQuery query) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Order(query)}.{(place.Backwards ? 1 : 0)}.{place.At.UtcTicks}.{place.Id:N}")
            )
        );

    public static SagaPlace? Read(string cursor, SagaQuery query)
    {
        if (!Base64Url.IsValid(cursor))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        return
            parts is [var order, "0" or "1", var at, var id]
            && order == Order(query)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var saga)
            ? new SagaPlace(new DateTimeOffset(ticks, TimeSpan.Zero), saga, parts[1] == "1")
            : null;
    }

    private static string Order(SagaQuery query) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)query.Sort}{(query.OldestFirst ? '+' : '-')}");
}
