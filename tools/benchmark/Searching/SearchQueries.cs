using System.Globalization;

namespace SagaOrchestrator.Benchmarks.Searching;

/// <summary>What operators ask, and what costs most: filters that match nothing, much, or little, in each order.</summary>
internal static class SearchQueries
{
    private const string Sagas = "/api/v1/sagas";

    public static IReadOnlyList<string> All(DateTimeOffset now)
    {
        var (month, day) = (Day(now.AddDays(-30)), Day(now.AddDays(-1)));
        return
        [
            Sagas,
            $"{Sagas}?limit=500",
            $"{Sagas}?sort=started",
            $"{Sagas}?type=benchmark",
            $"{Sagas}?type=nothing",
            $"{Sagas}?type=benchmark&state=Completed",
            $"{Sagas}?type=benchmark&state=Started",
            $"{Sagas}?type=trip&state=Parked",
            $"{Sagas}?state=Parked",
            $"{Sagas}?state=Parked,Compensating&sort=started",
            $"{Sagas}?state=Started",
            $"{Sagas}?version=1&state=Failed",
            $"{Sagas}?stuck=true",
            $"{Sagas}?stuck=true&sort=waiting",
            $"{Sagas}?stuck=true&type=trip&count=true",
            $"{Sagas}?waitsFor=Operator&sort=waiting",
            $"{Sagas}?waitsFor=Enquiry&step=create_shipment",
            $"{Sagas}?step=process_payment&waitsLongerThan=6d&sort=waiting",
            $"{Sagas}?waitsLongerThan=100d&sort=waiting",
            $"{Sagas}?errorCode=timeout",
            $"{Sagas}?errorCode=nothing",
            $"{Sagas}?errorStep=process_payment&errorCode=card_limit_exceeded&type=trip",
            $"{Sagas}?errorStep=process_payment&state=Completed",
            $"{Sagas}?undone=true&type=order-fulfillment",
            $"{Sagas}?undone=true&state=Completed",
            $"{Sagas}?key=order-0000000042",
            $"{Sagas}?keyPrefix=order-00000042",
            $"{Sagas}?keyPrefix=nothing",
            $"{Sagas}?keyPrefix=order-&state=Parked",
            $"{Sagas}?startedFrom={month}&startedBefore={day}&state=Failed",
            $"{Sagas}?startedBefore={month}&sort=-started",
            $"{Sagas}?updatedFrom={day}&sort=-updated",
            $"{Sagas}?endedFrom={month}&endedBefore={day}&sort=ended",
            $"{Sagas}?state=Failed&sort=-ended",
            $"{Sagas}?column.customer=customer-000042",
            $"{Sagas}?column.customer=customer-000042&state=Parked",
            $"{Sagas}?column.customer=nobody",
            $"{Sagas}?column.total.from=990&column.total.before=992&state=Failed",
            $"{Sagas}?column.total=500&sort=started",
            $"{Sagas}?state=Failed&count=true",
            $"{Sagas}?errorCode=timeout&count=true",
            $"{Sagas}/summary",
            "/api/v1/dead-letters",
            "/api/v1/dead-letters?queue=payments&reason=orphan",
            "/api/v1/dead-letters?messageType=nothing",
            "/api/v1/dead-letters/groups",
            "/api/v1/dead-letters/groups?queue=payments",
            "/api/v1/statistics",
            $"/api/v1/statistics?from={month}&before={day}",
            $"/api/v1/statistics?from={Day(now.AddDays(-90))}&before={day}&by=day",
        ];
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
