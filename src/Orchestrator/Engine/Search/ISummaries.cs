using System.Linq.Expressions;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Where summaries are read from.</summary>
internal interface ISummaries
{
    /// <summary>Asks for summaries.</summary>
    Task<IReadOnlyList<SagaSummary>> Read(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken);

    /// <summary>Asks for something that is made of many.</summary>
    Task<IReadOnlyList<T>> Group<T>(Func<SummarySource, IQueryable<T>> query, CancellationToken cancellationToken);

    /// <summary>Asks for summaries, one by one.</summary>
    IAsyncEnumerable<SagaSummary> Stream(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    Task<int> Count(Func<SummarySource, IQueryable<SagaSummary>> query, CancellationToken cancellationToken);

    /// <summary>The summaries of these sagas, as far as they are written.</summary>
    Task<IReadOnlyList<SagaSummary>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>How many sagas of each plan version are in each state.</summary>
    Task<IReadOnlyList<SagaCount>> Counts(CancellationToken cancellationToken);

    /// <summary>How many sagas have their next timer in which hour before a time: of these types, or of all when there are none.</summary>
    Task<IReadOnlyList<TimerCount>> Timers(IReadOnlyList<string> types, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>All summaries, and the conditions that a database and memory say differently.</summary>
internal abstract class SummarySource
{
    public abstract IQueryable<SagaSummary> All { get; }

    public abstract Expression<Func<SagaSummary, bool>> KeyBegins(string prefix);

    /// <summary>Whether a saga comes after a place, in the order of a time and then of its id.</summary>
    public abstract Expression<Func<SagaSummary, bool>> Beyond(SagaSort sort, SagaPlace place, bool descending);

    public abstract Expression<Func<SagaSummary, bool>> Holds(ColumnCondition condition);

    /// <summary>Whether a saga has dead letters that wait, or has none.</summary>
    public abstract Expression<Func<SagaSummary, bool>> HasDeadLetters(bool has);
}
