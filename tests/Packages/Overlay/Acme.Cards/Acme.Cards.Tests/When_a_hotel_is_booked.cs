using Acme.Trips.Contracts;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Testing.Steps;

namespace Acme.Cards.Tests;

public sealed class When_a_card_is_charged
{
    private readonly StepTest test = new();

    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public async Task Should_take_what_the_card_gives(int amount, bool isTaken)
    {
        await using var charges = new ChargeContext(
            new DbContextOptionsBuilder<ChargeContext>().UseInMemoryDatabase(Guid.NewGuid().ToString()).Options
        );
        var outcome = await new ChargeCardStep(charges).Do(new ChargeCard("12", amount), charges, test.Reading());
        Assert.That(outcome is StepOutcome.Completed, Is.EqualTo(isTaken));
        Assert.That(charges.Charges.Local.Count, Is.EqualTo(isTaken ? 1 : 0));
    }
}
