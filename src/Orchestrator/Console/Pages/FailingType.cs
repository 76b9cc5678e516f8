using SagaOrchestrator.Console.Api;

namespace SagaOrchestrator.Console.Pages;

/// <summary>A saga type most of whose sagas fail now.</summary>
/// <param name="Type">The type.</param>
/// <param name="Failed">How many failed in this hour and the one before.</param>
/// <param name="Ended">Of how many that ended.</param>
/// <param name="Most">The cause that is the most frequent; null when none is counted.</param>
internal sealed record FailingType(string Type, long Failed, long Ended, FailureCount? Most)
{
    // As many as the alert SagasFail asks for.
    private const int Many = 10;

    public static IReadOnlyList<FailingType> Of(IEnumerable<TypeStatistics> hours, DateTimeOffset now) =>
        [
            .. hours
                .Where(hour => hour.From > now.AddHours(-2))
                .GroupBy(hour => hour.Type)
                .Select(same => new FailingType(
                    same.Key,
                    same.Sum(hour => hour.Failed),
                    same.Sum(hour => hour.Failed + hour.Completed),
                    same.SelectMany(hour => hour.Failures).MaxBy(failure => failure.Sagas)
                ))
                .Where(type => type.Failed > Many && type.Failed * 2 > type.Ended)
                .OrderByDescending(type => type.Failed),
        ];
}
