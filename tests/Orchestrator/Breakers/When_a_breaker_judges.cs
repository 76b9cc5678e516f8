using SagaOrchestrator.Engine.Breakers;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Tests.Breakers;

/// <summary>An outage is told from slow answers by what is seen, second after second.</summary>
public sealed class When_a_breaker_judges
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QueueCounts Read = new(Exists: true, Consumers: 1, Messages: 3);
    private static readonly QueueCounts Unread = new(Exists: true, Consumers: 0, Messages: 3);

    private readonly BreakerOptions options = new();
    private AutomaticBreaker breaker = null!;
    private DateTimeOffset now;

    [SetUp]
    public void Make()
    {
        (breaker, now) = (new AutomaticBreaker(options), Beginning.AddSeconds(-1));
        Look(Read);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_open_at_once_for_a_queue_that_had_no_consumer_when_the_node_was_started()
    {
        breaker = new AutomaticBreaker(options);
        Look(Unread).ShouldBe(BreakerState.Open);
    }

    [Test]
    public void Should_close_at_once_when_nothing_was_asked_of_the_participant_meanwhile()
    {
        Look(Unread with { Messages = 0 }, seconds: 10).ShouldBe(BreakerState.Open);
        Look(Read with { Messages = 0 }).ShouldBe(BreakerState.Closed);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_open_when_the_queue_has_had_no_consumer_for_a_while_and_say_since_when()
    {
        Look(Unread, seconds: 3).ShouldBe(BreakerState.Closed);
        Look(Unread).ShouldBe(BreakerState.Open);
        (breaker.Since, breaker.Reason).ShouldBe((Beginning.AddSeconds(1), "Its queue has no consumer."));
    }

    [Test]
    public void Should_not_open_for_a_reconnect_however_often()
    {
        for (var time = 0; time < 20; time++)
        {
            Look(Unread, seconds: 2).ShouldBe(BreakerState.Closed);
            Look(Read).ShouldBe(BreakerState.Closed);
        }
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_open_for_a_queue_that_does_not_exist()
    {
        Look(new QueueCounts(Exists: false, 0, 0), seconds: 4).ShouldBe(BreakerState.Open);
        breaker.Reason.ShouldBe("Its queue does not exist.");
    }

    [Test]
    public void Should_say_nothing_when_the_broker_says_nothing()
    {
        Look(null, seconds: 60).ShouldBe(BreakerState.Closed);
        Look(Unread, seconds: 4).ShouldBe(BreakerState.Open);
        Look(null, seconds: 60).ShouldBe(BreakerState.Open);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_close_by_a_few_answers_when_the_queue_is_read_again()
    {
        Look(Unread, seconds: 4, answers: 7);
        Look(Read, answers: 7).ShouldBe(BreakerState.HalfOpen);
        breaker.Since.ShouldBe(Beginning.AddSeconds(1), "it is away since then");
        Look(Read, answers: 9).ShouldBe(BreakerState.HalfOpen);
        Look(Read, answers: 10).ShouldBe(BreakerState.Closed);
        breaker.Reason.ShouldBeNull();
    }

    [Test]
    public void Should_close_when_the_queue_is_read_again_and_nothing_waits_in_it()
    {
        Look(Unread, seconds: 4);
        Look(Read with { Messages = 0 }, seconds: 10).ShouldBe(BreakerState.HalfOpen);
        Look(Read with { Messages = 0 }).ShouldBe(BreakerState.Closed);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_open_when_some_sagas_have_waited_in_vain()
    {
        Look(Read, silent: 4).ShouldBe(BreakerState.Closed);
        Look(Read, silent: 5).ShouldBe(BreakerState.Open);
        breaker.Reason.ShouldBe("It reads its queue, and no saga gets an answer.");
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_try_now_and_then_whether_a_silent_one_is_back_and_wait_longer_each_time()
    {
        Look(Read, silent: 5);
        var halfOpenAt = new List<int>();
        for (var second = 1; second <= 300; second++)
        {
            var before = breaker.State;
            if (Look(Read) == BreakerState.HalfOpen && before == BreakerState.Open)
            {
                halfOpenAt.Add(second);
            }
        }

        halfOpenAt.ShouldBe([5, 25, 55, 105, 175, 245]);
        breaker.Since.ShouldBe(Beginning.AddSeconds(1));
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_close_at_once_when_a_silent_one_answers()
    {
        Look(Read, silent: 5, answers: 1).ShouldBe(BreakerState.Open);
        Look(Read, answers: 2).ShouldBe(BreakerState.HalfOpen);
        Look(Read, answers: 4).ShouldBe(BreakerState.Closed);
    }

    [Test]
    public void Should_be_open_again_when_one_that_reads_its_queue_again_answers_nothing()
    {
        Look(Unread, seconds: 4);
        Look(Read, seconds: 11).ShouldBe(BreakerState.Open);
        breaker.Reason.ShouldBe("It reads its queue, and no saga gets an answer.");
    }

    [Test]
    public void Should_count_each_saga_once_and_only_what_was_sent_after_the_last_answer()
    {
        var activity = new ParticipantActivity();
        var saga = Guid.NewGuid();
        activity.TimedOut(saga, Beginning);
        activity.TimedOut(saga, Beginning);
        activity.TimedOut(Guid.NewGuid(), Beginning);
        activity.Silent.ShouldBe(2);
        activity.Answered(Beginning.AddSeconds(5));
        (activity.Silent, activity.Answers).ShouldBe((0, 1));
        activity.TimedOut(saga, Beginning.AddSeconds(4));
        activity.Silent.ShouldBe(0);
        activity.TimedOut(saga, Beginning.AddSeconds(6));
        activity.Silent.ShouldBe(1);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_let_a_few_steps_try_and_the_others_wait()
    {
        var participant = new ParticipantBreaker("payments", options);
        for (var second = 0; second < 5; second++)
        {
            participant.Look(Beginning.AddSeconds(second), Unread, set: null);
        }

        participant.Absence!.Kind.ShouldBe(Decisions.Absences.AbsenceKind.Away);
        participant.Look(Beginning.AddSeconds(6), Read, set: null);
        for (var probe = 0; probe < options.Probes; probe++)
        {
            participant.Absence!.Kind.ShouldBe(Decisions.Absences.AbsenceKind.Probed);
            participant.Probed();
        }

        participant.Absence!.Kind.ShouldBe(Decisions.Absences.AbsenceKind.Away);
    }

    [Test]
    [Property("Rule", "S38")]
    public void Should_do_what_an_operator_says_and_go_by_what_is_seen_when_told_to()
    {
        var participant = new ParticipantBreaker("payments", options);
        var set = new BreakerSetting(BreakerKind.Participant, "payments", BreakerSetting.Open, "alice", "Maintenance.", Beginning);
        participant.Look(Beginning, Read, set).ShouldBeTrue();
        (participant.Absence!.Kind, participant.Absence.Reason).ShouldBe(
            (Decisions.Absences.AbsenceKind.Stopped, "Stopped by alice: Maintenance.")
        );
        for (var second = 1; second < 6; second++)
        {
            participant.Look(Beginning.AddSeconds(second), Unread, set with { State = BreakerSetting.Closed });
            participant.Absence.ShouldBeNull();
        }

        participant.Look(Beginning.AddSeconds(6), Unread, set with { State = BreakerSetting.Automatic });
        participant.Absence!.Kind.ShouldBe(Decisions.Absences.AbsenceKind.Away);
    }

    private BreakerState Look(QueueCounts? sight, int seconds = 1, long answers = 0, int silent = 0)
    {
        for (var second = 0; second < seconds; second++)
        {
            now += TimeSpan.FromSeconds(1);
            breaker.Look(now, sight, answers, silent);
        }

        return breaker.State;
    }
}
