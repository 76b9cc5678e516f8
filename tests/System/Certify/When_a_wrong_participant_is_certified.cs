using SagaOrchestrator.Certify.Trials;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>Each participant breaks one rule: the suite says which, and nothing else.</summary>
public sealed class When_a_wrong_participant_is_certified
{
    // These leave something unanswered, for which the suite waits.
    private static readonly Type[] Silent =
    [
        typeof(NeverAnswers),
        typeof(OnlyGoesOn),
        typeof(NeverAcknowledges),
        typeof(SwallowsTheMalformed),
        typeof(StopsAtTheMalformed),
        typeof(PurgesItsQueue),
    ];

    private const string Step = "order-fulfillment.v1.send_confirmation";

    private static readonly string Cases = Path.GetTempFileName();

    private Sandbox sandbox = null!;

    private static readonly (Type Participant, string Rule)[] Wrong =
    [
        (typeof(NeverAnswers), "answer"),
        (typeof(OnlyGoesOn), "answer"),
        (typeof(EchoesTheFirstAttempt), "echo"),
        (typeof(MakesUpTheCommandId), "echo"),
        (typeof(SaysPlainJson), "envelope"),
        (typeof(HasOneMessageId), "envelope"),
        (typeof(HasAnotherResult), "result"),
        (typeof(LeavesOutItsUser), "sender"),
        (typeof(KnowsOneOrchestrator), "reply-to"),
        (typeof(DoesADuplicateAgain), "duplicate"),
        (typeof(KnowsMessagesAlone), "redrive"),
        (typeof(DoesEachAttempt), "later-attempt"),
        (typeof(RejectsAnEarlierAttempt), "reordered-attempts"),
        (typeof(LooksBeforeItLocks), "two-at-once"),
        (typeof(RejectsBothCopies), "two-at-once"),
        (typeof(HasRoomForThirty), "many-at-once"),
        (typeof(HadNothingToUndo), "undo"),
        (typeof(UndoesOnce), "duplicate-undo"),
        (typeof(UndoesOnlyWhatItKnows), "undo-first"),
        (typeof(WritesNoTombstones), "tombstone"),
        (typeof(AnswersOldCopies), "command-after-undo"),
        (typeof(PassesWhatIsUnderWay), "undo-at-once"),
        (typeof(DoesWhatItCalledNotDone), "enquiry-before"),
        (typeof(ReportsNoResult), "enquiry-after"),
        (typeof(ReportsWhatIsUndone), "enquiry-undone"),
        (typeof(IsAskedOfWhatIsUnderWay), "enquiry-at-once"),
        (typeof(CallsWorkNotDone), "enquiry-during"),
        (typeof(RejectsAsFaulted), "rejection"),
        (typeof(RejectsWithoutCode), "rejection"),
        (typeof(RejectsWithAnObject), "rejection"),
        (typeof(KnowsNoMoreFields), "unknown-fields"),
        (typeof(NeedsProperties), "bare-body"),
        (typeof(CallsTheUnknownMalformed), "unknown-type"),
        (typeof(SwallowsTheMalformed), "malformed"),
        (typeof(StopsAtTheMalformed), "malformed"),
        (typeof(RewritesDeadLetters), "malformed"),
        (typeof(GivesNoReason), "malformed"),
        (typeof(HasNoPrefetch), "prefetch"),
        (typeof(NeverAcknowledges), "acknowledged"),
        (typeof(RemembersInMemory), "crash"),
        (typeof(PurgesItsQueue), "graceful-end"),
        (typeof(KeepsCopiesAmongDeadLetters), "no-good-letters"),
    ];

    private static IEnumerable<TestCaseData> WrongOnes() =>
        Wrong.Select(wrong => new TestCaseData(wrong.Participant, wrong.Rule).SetArgDisplayNames(wrong.Participant.Name, wrong.Rule));

    [OneTimeSetUp]
    public async Task Start()
    {
        sandbox = await Sandbox.CreateMigrated();
        await File.WriteAllTextAsync(
            Cases,
            """{"send_confirmation": {"rejected": {"customerId": "nobody"}, "deferred": {"customerId": "later"}}}"""
        );
    }

    [OneTimeTearDown]
    public Task Stop() => sandbox.DisposeAsync().AsTask();

    // What a wrong one has left.
    [SetUp]
    public async Task EmptyQueues()
    {
        foreach (var queue in new[] { "notifications", "notifications.dead-letter", "orchestrator", "orchestrator.dead-letter-index" })
        {
            (await sandbox.Console.DeleteAsync($"/api/queues/{sandbox.Name}/{queue}/contents")).EnsureSuccessStatusCode();
        }
    }

    [TestCaseSource(nameof(WrongOnes))]
    public async Task Should_fail_exactly_its_rule(Type type, string rule)
    {
        await using var participant = (TinyParticipant)Activator.CreateInstance(type)!;
        var certified = await Certify(participant, rule);
        TestContext.Out.WriteLine(certified.Output);
        certified.Failed.Keys.Select(name => name.Split(' ')[0]).ShouldBe([rule], certified.Output);
        certified.Status.ShouldBe(1);
    }

    [TestCase(typeof(TinyParticipant), "crash")]
    [TestCase(typeof(TinyParticipant), "graceful-end")]
    [TestCase(typeof(TinyParticipant), "prefetch")]
    [TestCase(typeof(AnswersEachTwice), "crash")]
    public async Task Should_fail_no_rule_when_it_is_right(Type type, string tried)
    {
        await using var participant = (TinyParticipant)Activator.CreateInstance(type)!;
        var certified = await Certify(participant, tried);
        certified.Failed.ShouldBeEmpty(certified.Output);
        certified.Status.ShouldBe(0);
        string[] held = tried == "prefetch" ? ["prefetch", "acknowledged"] : [tried];
        certified.NotTried.Keys.ShouldBe(new[] { "prefetch", "acknowledged", "crash", "graceful-end" }.Except(held));
    }

    [Test]
    public async Task Should_go_on_when_the_participant_cannot_be_restarted()
    {
        await using var participant = new TinyParticipant();
        await participant.Start(sandbox);
        var certified = await sandbox.Certify("notifications", controls: null, ["--step", Step, "--restart", "exit 3"]);
        certified.Failed["crash"].ShouldBe("The command of --restart ended with the status 3: exit 3");
        certified.Held.ShouldContain("no-good-letters");
        certified.Status.ShouldBe(1);
    }

    [Test]
    public async Task Should_say_how_many_messages_have_no_answer()
    {
        await using var participant = new NeverAnswers();
        await participant.Start(sandbox);
        var certified = await sandbox.Certify("notifications", controls: null, ["--patience", "1"]);
        certified.Failed.Keys.ShouldBe([$"answer {Step}", "answer business-order.v1.send_confirmation"]);
        certified.NotTried["no-good-letters"].ShouldBe("The participant completes no plain command.");
        certified.Output.ShouldContain("3 messages are unanswered.");
    }

    [Test]
    public void Should_have_one_for_each_rule() =>
        Wrong
            .Select(wrong => wrong.Rule)
            .Distinct()
            .ShouldBe(
                SagaOrchestrator
                    .Certify.Rules.RuleBook.OfSteps.Concat(SagaOrchestrator.Certify.Rules.RuleBook.OfQueue)
                    .Select(rule => rule.Id),
                ignoreOrder: true
            );

    // What ends the participant takes its time, so it is tried where it is asked for.
    private async Task<Certified> Certify(TinyParticipant participant, string rule)
    {
        await participant.Start(sandbox);
        var controls = rule switch
        {
            "crash" => new Controls(Restart: async _ =>
            {
                await Eventually.True(() => Task.FromResult(participant.HasAnswered), "something is answered");
                await participant.Crash(sandbox);
            }),
            "graceful-end" => new Controls(Stop: _ => participant.Stop(), Start: _ => participant.Start(sandbox)),
            _ => new Controls(),
        };
        var patience = Silent.Contains(participant.GetType()) ? "10" : "30";
        string[] console = rule is "prefetch" or "acknowledged" ? ["--console", Certifying.ConsoleAddress] : [];
        return await sandbox.Certify("notifications", controls, ["--step", Step, "--cases", Cases, "--patience", patience, .. console]);
    }
}
