using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.InMemory;
using SagaOrchestrator.Engine.Naming;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Postgres;
using SagaOrchestrator.Engine.Projection;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Units;
using SagaOrchestrator.Plans;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

/// <summary>A store of parcels, and the search over it.</summary>
internal sealed class SearchedSagas : IAsyncDisposable
{
    /// <summary>Two hours ago.</summary>
    public static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeSeconds());

    private readonly ParcelPlan plan = new();
    private readonly Committers committers;
    private readonly SummaryProjection? projection;
    private readonly ReadDatabase? reads;

    private SearchedSagas(Committers committers)
    {
        this.committers = committers;
        var plans = new PlanCatalogue([plan]);
        var columns = new SummaryColumns(plans, NullLogger<SummaryColumns>.Instance);
        var summarizer = new Summarizer(plans, columns);
        ISummaries summaries;
        IStatistics statistics;
        if (committers.Database is { } database)
        {
            reads = ReadDatabase.Open(database.ConnectionString, OrchestratorNames.Default.Schema);
            Rebuild = new SummaryRebuild(database.Service, OrchestratorNames.Default);
            projection = new SummaryProjection(database.Service, OrchestratorNames.Default, plans, summarizer, columns);
            (Store, summaries, statistics) = (
                new PostgresSagaStore(database.Service, OrchestratorNames.Default, new DatabaseClock()),
                new PostgresSummaries(reads),
                new PostgresStatistics(reads)
            );
        }
        else
        {
            var memory = new MemorySummaries(plans, summarizer, new MemoryDeadLetters(TimeProvider.System));
            (Store, summaries, statistics) = (
                new MemorySagas(TimeProvider.System, memory, new MemoryOperatorLog(TimeProvider.System)),
                memory,
                memory
            );
        }

        var named = new NamedSagas(summaries, Store, plans, summarizer, new MemoryDeadLetters(TimeProvider.System));
        Search = new SagaSearch(summaries, named, plans, TimeProvider.System);
        (Statistics, Summaries) = (new SagaStatistics(statistics), summaries);
    }

    public ISagaStore Store { get; }

    public SagaSearch Search { get; }

    public SagaStatistics Statistics { get; }

    public ISummaries Summaries { get; }

    public SummaryRebuild? Rebuild { get; }

    public static async Task<SearchedSagas> Of(Kind kind) => new(await Committers.Of(kind));

    public static int[] Numbers(IEnumerable<SagaSummary> sagas) =>
        [.. sagas.Select(saga => int.Parse(saga.BusinessKey.Split('-')[^1].TrimStart('é'), CultureInfo.InvariantCulture))];

    public Task<T> Query<T>(string sql) => committers.Database!.Query<T>(sql);

    public async ValueTask DisposeAsync()
    {
        reads?.Dispose();
        await committers.DisposeAsync();
    }

    private static SagaProgress At(SagaProgress progress, int number) =>
        number switch
        {
            1 or 3 => progress with { State = SagaState.Completed },
            5 => progress with
            {
                State = SagaState.Parked,
                Steps = progress.Steps.SetItem(
                    1,
                    progress.Steps[1] with
                    {
                        State = StepState.Executing,
                        Wait = Wait.Operator,
                        Failure = new Failure("send", "timeout", "Nobody answered."),
                    }
                ),
            },
            7 => progress with
            {
                State = SagaState.Pending,
                Steps = progress.Steps.SetItem(
                    1,
                    progress.Steps[1] with
                    {
                        State = StepState.Executing,
                        Wait = Wait.Reply,
                        DueAt = Noon.AddDays(30),
                        Absence = new Absence(AbsenceKind.Away, Noon, "Nobody reads vans."),
                    }
                ),
            },
            9 => progress with
            {
                State = SagaState.Pending,
                Steps = progress.Steps.SetItem(
                    2,
                    progress.Steps[2] with
                    {
                        State = StepState.Executing,
                        Wait = Wait.Signal,
                        DueAt = Noon.AddDays(30),
                    }
                ),
            },
            _ => progress with
            {
                State = SagaState.Failed,
                Compensated = ["pack"],
                ForwardFailure = new Failure("send", number % 4 == 0 ? "lost" : "broken", "It fell off."),
            },
        };

    public SagaInstance Parcel(int number)
    {
        var key = number is >= 5 and < 10 ? $"p-é{number}" : $"p-{number}";
        var data = new StartParcel(
            key,
            number % 2 == 0 ? "Ann" : "Bob",
            number + 0.5m,
            Noon.AddDays(number),
            number % 3 == 0,
            number * 10,
            "EUR"
        );
        var saga = new SagaInstance { CorrelationId = Decisions.Ids.SagaIds.OfSaga(plan.Type, key) };
        saga.Accept(plan.Check(data), Noon.AddMinutes(number), traceParent: null);
        saga.Progress = At(saga.Progress with { BeginDueAt = null }, number);
        saga.CurrentState = saga.Progress.State.ToString();
        saga.Now = Noon.AddMinutes(10 + number);
        saga.EndedAt = saga.Progress.HasEnded ? saga.Now : null;
        return saga;
    }

    /// <summary>The same when its first command was just sent.</summary>
    public SagaInstance Begun(int number)
    {
        var saga = Parcel(number);
        saga.Progress = SagaProgress.New(saga.CorrelationId, commandKey: saga.CorrelationId, plan.Definition, saga.StartedAt) with
        {
            State = SagaState.Pending,
        };
        (saga.CurrentState, saga.EndedAt) = (nameof(SagaState.Pending), null);
        saga.Now = Noon.AddMinutes(10 + number).AddSeconds(-number);
        saga.NewHistory.Add(new HistoryEntry(HistoryTypes.StepStarted, "pack", Direction.Do, 1));
        return saga;
    }

    /// <summary>Writes one that has begun as it is when that command was answered.</summary>
    /// <param name="number">Which one; also how many seconds the answer took.</param>
    /// <param name="answer">What its history says then.</param>
    public async Task Answer(int number, string answer)
    {
        var parcel = Parcel(number);
        var saga = (await Store.Load(parcel.CorrelationId, default)).Saga!;
        (saga.Progress, saga.CurrentState) = (parcel.Progress, parcel.CurrentState);
        (saga.Now, saga.EndedAt) = (parcel.Now, parcel.EndedAt);
        saga.NewHistory.Add(new HistoryEntry(answer, "pack", Direction.Do, 1));
        await Write(saga);
    }

    public async Task Write(SagaInstance saga)
    {
        using var unit = new UnitOfWork(inbox: null);
        unit.Add(new SagaWrite(Store, saga));
        await committers.Committer.Commit(unit, default);
    }

    public async Task Project()
    {
        while (projection is not null && await projection.Run(default))
        {
            // There is more.
        }
    }

    private sealed record StartParcel(
        string Id,
        string Customer,
        decimal Weight,
        DateTimeOffset Due,
        bool Express,
        decimal Value,
        string Currency
    );

    private sealed record Pack(string Id) : SagaCommand;

    private sealed class ParcelPlan : Plan<StartParcel>
    {
        public ParcelPlan()
            : base("parcel", version: 1)
        {
            Step("pack")
                .At("desks")
                .Within(TimeSpan.FromMinutes(1))
                .Do((parcel, _) => new Pack(parcel.Id))
                .UndoneBy((parcel, _) => new Pack(parcel.Id));
            Step("send")
                .At("vans")
                .Within(TimeSpan.FromMinutes(1))
                .Do((parcel, _) => new Pack(parcel.Id))
                .UndoneBy((parcel, _) => new Pack(parcel.Id));
            Step("sign").WaitsFor("signed").Within(TimeSpan.FromDays(30));
            Column("customer", parcel => parcel.Customer, indexed: true);
            Column("weight", parcel => parcel.Weight, indexed: true);
            Column("due", parcel => parcel.Due, indexed: true);
            Column("express", parcel => parcel.Express);
            Money("value", parcel => parcel.Value, parcel => parcel.Currency, indexed: true);
        }

        public override StartParcel Example { get; } = new("p-0", "Ann", 1, DateTimeOffset.UnixEpoch, Express: false, 10, "EUR");

        public override string BusinessKey(StartParcel data) => data.Id;

        public override IEnumerable<FieldError> Validate(StartParcel data) => [];
    }
}
