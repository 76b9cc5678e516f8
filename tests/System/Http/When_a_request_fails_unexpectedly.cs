using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Tests.GraphQl;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Http;

public sealed partial class When_a_request_fails_unexpectedly
{
    private const string Secret = "4111-1111";
    private readonly WholeLog log = new();

    [Test]
    public async Task Should_be_found_in_the_log_once_under_the_trace_id_that_the_answer_names_and_without_what_was_read()
    {
        await using var system = await RunningSystem.Start(add: services =>
            services.AddSingleton<ISummaries>(new BrokenSummaries()).AddSingleton<ILoggerProvider>(log)
        );
        var problem = await (await system.Api.GetAsync("/api/v1/sagas/summary")).ShouldBeProblem(ProblemTypes.Internal);
        var trace = TraceId().Match(problem.GetProperty("detail").GetString()!).Value;
        trace.Length.ShouldBe(32);
        var line = log.Lines.Where(written => written.Contains(trace, StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldContain("GET /api/v1/sagas/summary");
        line.ShouldContain(nameof(FormatException));
        line.ShouldContain(nameof(BrokenSummaries));
        log.Lines.ShouldAllBe(written => !written.Contains(Secret));
    }

    [Test]
    public async Task Should_be_told_in_graphql_without_what_was_read_too()
    {
        await using var system = await RunningSystem.Start(add: services =>
            services.AddSingleton<ISummaries>(new BrokenSummaries()).AddSingleton<ILoggerProvider>(log)
        );
        var error = (await system.Api.Errors("{ summary { count } sagaTypes { type } }")).ShouldHaveSingleItem();
        error.ShouldBe(ProblemTypes.Internal);
        var trace = TraceId().Match(error.GetProperty("message").GetString()!).Value;
        trace.Length.ShouldBe(32);
        error.GetRawText().ShouldNotContain(Secret);
        log.Lines.Where(written => written.Contains(trace, StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldContain("POST /api/v1/graphql");
    }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();

    private sealed class BrokenSummaries : ISummaries
    {
        public Task<IReadOnlyList<SagaCount>> Counts(CancellationToken cancellationToken) =>
            throw new FormatException($"The card {Secret} is no number.");

        public Task<IReadOnlyList<SagaSummary>> Read(
            Func<SummarySource, IQueryable<SagaSummary>> query,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public IAsyncEnumerable<SagaSummary> Stream(
            Func<SummarySource, IQueryable<SagaSummary>> query,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<int> Count(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<T>> Group<T>(Func<SummarySource, IQueryable<T>> query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SagaSummary>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<TimerCount>> Timers(
            IReadOnlyList<string> types,
            DateTimeOffset before,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
