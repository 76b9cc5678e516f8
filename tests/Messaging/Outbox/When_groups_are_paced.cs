using System.Diagnostics;
using SagaOrchestrator.Messaging.Postgres.Groups;

namespace SagaOrchestrator.Tests.Outbox;

/// <summary>ADR 16: at low load nobody waits; where units keep coming, groups begin some time apart.</summary>
internal sealed class When_groups_are_paced
{
    private readonly GroupPace pace = new();

    [Test]
    public void Should_begin_the_first_at_once() => Rest(waiting: 1, milliseconds: 0).ShouldBeLessThanOrEqualTo(TimeSpan.Zero);

    [Test]
    public void Should_begin_at_once_after_a_small_group()
    {
        Began(GroupPace.ManyUnits - 1);

        Rest(waiting: 1, milliseconds: 1).ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public void Should_wait_after_a_group_of_several()
    {
        Began(GroupPace.ManyUnits);

        Rest(waiting: 1, milliseconds: 5).ShouldBe(GroupPace.Apart - TimeSpan.FromMilliseconds(5));
    }

    [Test]
    public void Should_not_wait_when_the_time_has_passed()
    {
        Began(GroupPace.ManyUnits);

        Rest(waiting: 1, milliseconds: 21).ShouldBeLessThan(TimeSpan.Zero);
    }

    [Test]
    public void Should_not_wait_when_enough_units_are_there()
    {
        Began(GroupPace.EnoughUnits);

        Rest(GroupPace.EnoughUnits, milliseconds: 1).ShouldBe(TimeSpan.Zero);
    }

    private static readonly long Start = Stopwatch.Frequency * 3600;

    private void Began(int units) => pace.Began(units, Start);

    private TimeSpan Rest(int waiting, int milliseconds) => pace.Rest(waiting, Start + (milliseconds * Stopwatch.Frequency / 1000));
}
