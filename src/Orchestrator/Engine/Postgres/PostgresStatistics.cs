using Microsoft.EntityFrameworkCore;
using SagaOrchestrator.Engine.Statistics;

namespace SagaOrchestrator.Engine.Postgres;

/// <summary>Statistics in Postgres, read on connections that cannot write.</summary>
internal sealed class PostgresStatistics(ReadDatabase database) : IStatistics
{
    private readonly DbContextOptions<SummaryContext> options = SummaryContext.On(database);

    public async Task<StatisticRows> Read(
        IReadOnlyList<string> types,
        DateTimeOffset from,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
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
            var rows = source.Set<T>().Where(row => row.Hour >= from && row.Hour < before);
            return await (types.Count == 0 ? rows : rows.Where(row => types.Contains(row.Type))).ToListAsync(cancellationToken);
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
