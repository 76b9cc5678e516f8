using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Statistics in Postgres, read on connections that cannot write.</summary>
internal sealed class PostgresStatistics(ReadDatabase database) : IStatistics
{
    private readonly DbContextOptions<SummaryContext> options = SummaryContext.On(database);

    public async Task<StatisticRows> Read(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var (types, from, before) = (query.Types, query.From, query.Before);
        // By hour, all are hours.
        var (firstDay, beforeDay) = query.ByDay ? Spans.WholeDays(from, before) : (before, before);
        await using var context = new SummaryContext(options);
        return new StatisticRows(
            await Rows<FlowRow>(context),
            await Rows<FailureRow>(context),
            await Rows<DurationRow>(context),
            await Rows<AmountRow>(context)
        );

        async Task<IReadOnlyList<T>> Rows<T>(SummaryContext source)
            where T : StatisticRow
        {
            var all = source.Set<T>();
            var rows = types.Count == 0 ? all : all.Where(row => types.Contains(row.Type));
            var hours = rows.Where(row =>
                row.Span == Span.Hour
                && (row.BeginsAt >= from && row.BeginsAt < firstDay || row.BeginsAt >= beforeDay && row.BeginsAt < before)
            );
            var days = rows.Where(row => row.Span == Span.Day && row.BeginsAt >= firstDay && row.BeginsAt < beforeDay);
            return
            [
                .. await hours.ToListAsync(cancellationToken),
                .. firstDay < beforeDay ? await days.ToListAsync(cancellationToken) : [],
            ];
        }
    }

    public async Task<IReadOnlyList<AnswerSum>> Answers(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = new SummaryContext(options);
        return await context
            .Set<AnswerRow>()
            .Where(row => row.Hour >= from && row.Hour < before)
            .GroupBy(row => new
            {
                row.Participant,
                row.Outcome,
                row.Bucket,
            })
            .Select(same => new AnswerSum(same.Key.Participant, same.Key.Outcome, same.Key.Bucket, same.Sum(row => row.Answers)))
            .ToListAsync(cancellationToken);
    }
}
