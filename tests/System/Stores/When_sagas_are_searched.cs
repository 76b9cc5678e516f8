using System.Globalization;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Search;
using SagaOrchestrator.Engine.Statistics;
using SagaOrchestrator.Tests.Outbox;

namespace SagaOrchestrator.Tests.Stores;

/// <summary>What every search must find, in Postgres and in memory alike.</summary>
[TestFixture(Kind.Postgres)]
[TestFixture(Kind.Memory)]
public sealed class When_sagas_are_searched(Kind kind)
{
    private static readonly DateTimeOffset Noon = SearchedSagas.Noon;

    private SearchedSagas sagas = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        sagas = await SearchedSagas.Of(kind);
        foreach (var number in Enumerable.Range(0, 10))
        {
            await sagas.Write(sagas.Parcel(number));
        }

        await sagas.Project();
    }

    [OneTimeTearDown]
    public async Task Drop() => await sagas.DisposeAsync();

    // What the query is, and which parcels it finds. Even ones failed at 'send', 1 and 3 completed, 5 is parked, 7 has an absent
    // participant,
    // 9 waits for a signal.
    private static IEnumerable<TestCaseData> Queries()
    {
        yield return Finds("everything", new SagaQuery(), 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        yield return Finds("a state", new SagaQuery { States = ["Completed"] }, 3, 1);
        yield return Finds("states", new SagaQuery { States = ["Completed", "Parked"] }, 5, 3, 1);
        yield return Finds("a type", new SagaQuery { Types = ["parcel"], States = ["Parked"] }, 5);
        yield return Finds("another type", new SagaQuery { Types = ["letter", "card"] });
        yield return Finds("a version", new SagaQuery { PlanVersion = 1, States = ["Parked"] }, 5);
        yield return Finds("another version", new SagaQuery { PlanVersion = 2 });
        yield return Finds("a step that waits", new SagaQuery { Steps = ["send"] }, 7, 5);
        yield return Finds("steps that wait", new SagaQuery { Steps = ["send", "sign"] }, 9, 7, 5);
        yield return Finds("a participant that it waits for", new SagaQuery { Participants = ["vans"] }, 7, 5);
        yield return Finds("another participant", new SagaQuery { Participants = ["ships"] });
        yield return Finds("what it waits for", new SagaQuery { WaitsFor = ["Signal"] }, 9);
        yield return Finds("what it waits for, of several", new SagaQuery { WaitsFor = ["Signal", "Operator"] }, 9, 5);
        yield return Finds("waiting for long", new SagaQuery { WaitsLongerThan = TimeSpan.FromHours(1) }, 9, 7, 5);
        yield return Finds("waiting for longer", new SagaQuery { WaitsLongerThan = TimeSpan.FromDays(1) });
        yield return Finds("an error's step", new SagaQuery { ErrorSteps = ["send"] }, 8, 6, 4, 2, 0);
        yield return Finds("an error's code", new SagaQuery { ErrorCodes = ["lost"] }, 8, 4, 0);
        yield return Finds("errors' codes", new SagaQuery { ErrorCodes = ["lost", "broken"] }, 8, 6, 4, 2, 0);
        yield return Finds("a code that it is parked with", new SagaQuery { StuckCodes = ["timeout"] }, 5);
        yield return Finds("another code", new SagaQuery { StuckCodes = ["lost"] });
        yield return Finds("a verdict", new SagaQuery { Verdicts = ["Completed"] }, 3, 1);
        yield return Finds("another verdict", new SagaQuery { Verdicts = ["Undone"] }, 8, 6, 4, 2, 0);
        yield return Finds("a key's beginning", new SagaQuery { BusinessKeyPrefix = "p-é" }, 9, 8, 7, 6, 5);
        yield return Finds("a key's beginning in full", new SagaQuery { BusinessKeyPrefix = "p-1" }, 1);
        yield return Finds("started in a range", new SagaQuery { Started = new(Noon.AddMinutes(2), Noon.AddMinutes(4)) }, 3, 2);
        yield return Finds("updated in a range", new SagaQuery { Updated = new(Noon.AddMinutes(12), Noon.AddMinutes(14)) }, 3, 2);
        yield return Finds("ended in a range", new SagaQuery { Ended = new(Noon.AddMinutes(12), Noon.AddMinutes(14)) }, 3, 2);
        yield return Finds("undone", new SagaQuery { WasUndone = true }, 8, 6, 4, 2, 0);
        yield return Finds("not undone", new SagaQuery { WasUndone = false }, 9, 7, 5, 3, 1);
        yield return Finds("stuck", new SagaQuery { IsStuck = true }, 7, 5);
        yield return Finds("not stuck", new SagaQuery { IsStuck = false, States = ["Pending"] }, 9);
        yield return Finds("a column's value", new SagaQuery { Columns = [new("customer", "Ann")] }, 8, 6, 4, 2, 0);
        yield return Finds("a column's number, spelled otherwise", new SagaQuery { Columns = [new("weight", "3.50")] }, 3);
        yield return Finds("a column's range", new SagaQuery { Columns = [new("weight", null, "2.5", "4.5")] }, 3, 2);
        var eight = Noon.AddDays(8).ToString("o", CultureInfo.InvariantCulture);
        yield return Finds("a column's time", new SagaQuery { Columns = [new("due", null, eight)] }, 9, 8);
        yield return Finds("a column without an index", new SagaQuery { Columns = [new("express", "true")] }, 9, 6, 3, 0);
        yield return Finds("a currency", new SagaQuery { Columns = [new("value_currency", "EUR")], States = ["Completed"] }, 3, 1);
        yield return Finds("an amount", new SagaQuery { Columns = [new("value", "70")] }, 7);
        yield return Finds("several columns", new SagaQuery { Columns = [new("customer", "Ann"), new("express", "true")] }, 6, 0);
        yield return Finds("the oldest", new SagaQuery { OldestFirst = true, ErrorCodes = ["broken"] }, 2, 6);
        yield return Finds("by the last change", new SagaQuery { Sort = SagaSort.Updated, States = ["Completed"] }, 3, 1);
        yield return Finds("by the end", new SagaQuery { Sort = SagaSort.Ended, WasUndone = false }, 3, 1);
        yield return Finds("by the wait", new SagaQuery { Sort = SagaSort.Waiting, OldestFirst = true }, 5, 7, 9);
    }

    [TestCaseSource(nameof(Queries))]
    public async Task Should_find(SagaQuery query, int[] parcels)
    {
        Numbers(await sagas.Search.Find(query, from: null, 100, default)).ShouldBe(parcels);
        var streamed = new List<SagaSummary>();
        await foreach (var saga in sagas.Search.Stream(query, 100, default))
        {
            streamed.Add(saga);
        }

        SearchedSagas.Numbers(streamed).ShouldBe(parcels);
        (await sagas.Search.Total(query, default)).ShouldBe(new SagaTotal(parcels.Length, IsExact: true));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Should_page_through_several_states_as_through_one(bool oldestFirst)
    {
        var query = new SagaQuery { States = ["Completed", "Parked", "Pending"], OldestFirst = oldestFirst };
        var all = Numbers(await sagas.Search.Find(query, from: null, 100, default));
        all.Length.ShouldBeGreaterThan(3);
        var there = new List<int>();
        for (
            var page = await sagas.Search.Find(query, from: null, 1, default);
            ;
            page = await sagas.Search.Find(query, page.Next, 1, default)
        )
        {
            there.AddRange(Numbers(page));
            if (page.Next is null)
            {
                break;
            }
        }

        there.ShouldBe(all);
    }

    [TestCase(SagaSort.Started, false)]
    [TestCase(SagaSort.Started, true)]
    [TestCase(SagaSort.Updated, false)]
    [TestCase(SagaSort.Ended, true)]
    [TestCase(SagaSort.Waiting, false)]
    [TestCase(SagaSort.Waiting, true)]
    public async Task Should_page_to_the_end_and_back(SagaSort sort, bool oldestFirst)
    {
        var query = new SagaQuery { Sort = sort, OldestFirst = oldestFirst };
        var all = Numbers(await sagas.Search.Find(query, from: null, 100, default));
        var there = new List<int>();
        var page = await sagas.Search.Find(query, from: null, 2, default);
        page.Previous.ShouldBeNull();
        for (; ; page = await sagas.Search.Find(query, page.Next, 2, default))
        {
            there.AddRange(Numbers(page));
            if (page.Next is null)
            {
                break;
            }
        }

        there.ShouldBe(all);
        var back = Numbers(page).ToList();
        while (page.Previous is not null)
        {
            page = await sagas.Search.Find(query, page.Previous, 2, default);
            back.InsertRange(0, Numbers(page));
        }

        back.ShouldBe(all);
    }

    [Test]
    public async Task Should_sum_it_up()
    {
        var failed = (await sagas.Search.Find(new SagaQuery { BusinessKey = "p-4" }, from: null, 1, default)).Sagas.Single();
        (failed.State, failed.ErrorStep, failed.ErrorCode, failed.ErrorReason, failed.WaitsFor, failed.Step).ShouldBe(
            ("Failed", "send", "lost", "It fell off.", null, null)
        );
        failed.Compensated.ShouldBe(["pack"]);
        failed.Columns.ShouldContain("\"customer\"");
        var parked = (await sagas.Search.Find(new SagaQuery { States = ["Parked"] }, from: null, 1, default)).Sagas.Single();
        (parked.Step, parked.Participant, parked.WaitsFor, parked.WaitsSince, parked.StuckStep, parked.StuckCode).ShouldBe(
            ("send", "vans", "Operator", Noon.AddMinutes(15), "send", "timeout")
        );
        var waiting = (await sagas.Search.Find(new SagaQuery { WaitsFor = ["Signal"] }, from: null, 1, default)).Sagas.Single();
        (waiting.Step, waiting.Participant, waiting.DueAt).ShouldBe(("sign", null, Noon.AddDays(30)));
        var away = (
            await sagas.Search.Find(new SagaQuery { Steps = ["send"], States = ["Pending"] }, from: null, 1, default)
        ).Sagas.Single();
        away.Absence.ShouldBe("Away");
    }

    [Test]
    public async Task Should_say_what_they_are_about_in_money()
    {
        (await sagas.Search.Amounts(new SagaQuery { WasUndone = true }, default)).Sums.ShouldBe([new SagaAmount("value", "EUR", 200, 5)]);
        var one = await sagas.Search.Amounts(new SagaQuery { BusinessKey = "p-4" }, default);
        (one.Sums.Single().Amount, one.AreExact).ShouldBe((40, true));
        (await sagas.Search.Amounts(new SagaQuery { Types = ["letter"] }, default)).Sums.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_tell_why_sagas_failed_the_most_first()
    {
        var groups = await sagas.Search.Failures([], new TimeRange(Noon, Noon.AddDays(1)), 10, default);
        groups
            .Select(group => (group.Type, group.Step, group.Code, group.Count, group.UnderWay))
            .ShouldBe([("parcel", "send", "lost", 3, 0), ("parcel", "send", "broken", 2, 0)]);
        groups[1].Last.ShouldBeGreaterThan(groups[1].First);
        (await sagas.Search.Find(new SagaQuery { BusinessKey = groups[0].Example }, from: null, 1, default))
            .Sagas.Single()
            .ErrorCode.ShouldBe("lost");
        (await sagas.Search.Failures([], new TimeRange(Noon, Noon.AddDays(1)), 1, default)).Count.ShouldBe(1);
        (await sagas.Search.Failures(["letter"], new TimeRange(Noon, Noon.AddDays(1)), 10, default)).ShouldBeEmpty();
        (await sagas.Search.Failures([], new TimeRange(Noon.AddDays(-2), Noon.AddDays(-1)), 10, default)).ShouldBeEmpty();
    }

    [Test]
    public async Task Should_count_each_state() =>
        (await sagas.Search.Count(default)).ShouldBe([
            new SagaCount("parcel", 1, "Completed", 2),
            new SagaCount("parcel", 1, "Failed", 5),
            new SagaCount("parcel", 1, "Parked", 1),
            new SagaCount("parcel", 1, "Pending", 2),
        ]);

    [Test]
    public async Task Should_be_counted_in_the_statistics()
    {
        var report = await sagas.Statistics.Read(new StatisticsQuery(["parcel"], Noon.AddDays(-1), Noon.AddDays(1), ByDay: false), default);
        var total = report.Totals.Single();
        (total.Started, total.Completed, total.Failed, total.Undone).ShouldBe((10, 2, 5, 5));
        total.Completing!.P50.ShouldBe(600, 30);
        total.Failures.ShouldBe([new FailureStatistics("send", "lost", 3), new FailureStatistics("send", "broken", 2)]);
        total.Amounts.ShouldBe([
            new AmountStatistics("value", "EUR", "Completed", 40, 2),
            new AmountStatistics("value", "EUR", "Failed", 200, 5),
        ]);
        var letters = new StatisticsQuery(["letter"], Noon.AddDays(-1), Noon.AddDays(1), ByDay: false);
        (await sagas.Statistics.Read(letters, default)).Totals.ShouldBeEmpty();
        var tomorrow = new StatisticsQuery([], Noon.AddDays(1), Noon.AddDays(2), ByDay: true);
        (await sagas.Statistics.Read(tomorrow, default)).Periods.ShouldBeEmpty();
    }

    // Of a range of days, whole days are read as days, and the hours at its ends as hours.
    [TestCase(-2, 2)]
    [TestCase(-1, 0)]
    [TestCase(0, 1)]
    [TestCase(0, 0)]
    public async Task Should_come_to_the_same_by_day_as_by_hour(int from, int before)
    {
        var hour = Spans.Begin(Span.Hour, Noon);
        async Task<StatisticsReport> Report(bool byDay) =>
            await sagas.Statistics.Read(new StatisticsQuery([], hour.AddDays(from), hour.AddDays(before).AddHours(1), byDay), default);

        var byDay = await Report(byDay: true);
        byDay.Totals.ShouldBeEquivalentTo((await Report(byDay: false)).Totals);
        byDay.Totals.Single().Started.ShouldBeGreaterThan(0);
        byDay.Periods.Select(day => day.From).Distinct().ShouldAllBe(day => day == Spans.Begin(Span.Day, day!.Value));
    }

    [Test]
    public async Task Should_count_each_day_once()
    {
        var day = Spans.Begin(Span.Day, Noon);
        var report = await sagas.Statistics.Read(new StatisticsQuery([], day, day.AddDays(2), ByDay: true), default);
        report.Totals.Single().Started.ShouldBe(10);
        report.Periods.Sum(period => period.Started).ShouldBe(10);
    }

    [TestCase("colour", "red", null, "The columns are: customer, due, express, value, value_currency, weight")]
    [TestCase("weight", "heavy", null, "a number like 440")]
    [TestCase("due", "tomorrow", null, "a time like")]
    [TestCase("express", "perhaps", null, "true or false")]
    [TestCase("value_currency", null, "EUR", "indexed")]
    [TestCase("customer", "a\0b", null, "NUL")]
    public async Task Should_refuse_a_column_that_cannot_be_asked_for(string name, string? value, string? from, string says)
    {
        var query = new SagaQuery { Columns = [new(name, value, from)] };
        var refused = await Should.ThrowAsync<InvalidQueryException>(() => sagas.Search.Find(query, from: null, 1, default));
        refused.Filter.ShouldBe(name);
        refused.Message.ShouldContain(says);
    }

    private static TestCaseData Finds(string what, SagaQuery query, params int[] parcels) =>
        new TestCaseData(query, parcels).SetArgDisplayNames(what);

    private static int[] Numbers(SagaPage page) => SearchedSagas.Numbers(page.Sagas);
}
