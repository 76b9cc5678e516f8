using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Tests.Sensitive;

/// <summary>An order whose customer's name is marked.</summary>
[Sensitive(Subject = nameof(CustomerId))]
public sealed record MarkedOrder(
    [property: Key] [Length(1, 100)] string OrderId,
    [Length(1, 4000)] string CustomerId,
    [Sensitive] [Length(2, 40)] string Name,
    [Sensitive] decimal? Age,
    [Sensitive] IReadOnlyList<string> Notes,
    bool CannotBeShipped
);

public sealed record Charge([Sensitive] [Length(2, 40)] string Name, [Sensitive] decimal? Age) : SagaCommand;

public sealed record Charged(string Reference, [Sensitive] string CardHolder);

public sealed record Refund([Sensitive] [Length(2, 40)] string Name) : SagaCommand;

public sealed record Approval([Sensitive] [Length(1, 40)] string Approver);

public sealed record Ship(
    [Sensitive] [Length(2, 40)] string Name,
    [Sensitive] IReadOnlyList<string> Notes,
    [Sensitive] string CardHolder,
    [Sensitive] string Approver,
    bool CannotBeShipped
) : SagaCommand;

public sealed record Shipped([Sensitive] string Recipient);

public sealed record Unship : SagaCommand;

internal sealed class MarkedOrderPlan : Plan<MarkedOrder>
{
    public MarkedOrderPlan()
        : base("marked-order", version: 1)
    {
        Step<Charged>("charge", out var charged)
            .At("payments")
            .Do((order, _) => new Charge(order.Name, order.Age))
            .UndoneBy((order, _) => new Refund(order.Name));
        Step<Approval>("approve", out var approval).WaitsFor("approval").Within(TimeSpan.FromHours(1));
        Step<Shipped>("ship", out _)
            .At("shipping")
            .Do(
                (order, saga) =>
                    new Ship(
                        order.Name,
                        order.Notes,
                        saga.Result(charged)!.CardHolder,
                        saga.Result(approval)!.Approver,
                        order.CannotBeShipped
                    )
            )
            .UndoneBy((_, _) => new Unship());
    }

    public override MarkedOrder Example { get; } = new("o-1", "c-1", "Grace Hopper", 79, ["Ring twice"], CannotBeShipped: false);

    public override string BusinessKey(MarkedOrder data) => data.OrderId;

    public override IEnumerable<FieldError> Validate(MarkedOrder data) => [];
}

/// <summary>What participants read, by order.</summary>
internal static class WhatWasRead
{
    public static readonly ConcurrentDictionary<string, SagaCommand> Commands = new(StringComparer.Ordinal);

    public static string Name(SagaCommand command) => $"{command.Saga!.BusinessKey}/{command.GetType().Name}";

    public static void Note(SagaCommand command) => Commands[Name(command)] = command;
}

internal sealed class ChargeStep : StepHandler<Charge, Refund>
{
    /// <summary>A name that its result repeats in a member that is not marked.</summary>
    public const string Repeated = "Konstantin Wiederholt";

    public override Task<StepOutcome> Do(Charge command, StepContext context)
    {
        WhatWasRead.Note(command);
        return new StepOutcome.Completed(new Charged(command.Name == Repeated ? "for " + command.Name : "r-1", "Holder " + command.Name));
    }

    public override Task<UndoOutcome> Undo(Refund command, StepContext context)
    {
        WhatWasRead.Note(command);
        return new UndoOutcome.Completed();
    }
}

internal sealed class ShipStep : StepHandler<Ship, Unship>
{
    /// <summary>A name at which it throws.</summary>
    public const string Unreadable = "Ferdinand Unlesbar";

    /// <summary>A name at which it is answered later.</summary>
    public const string Later = "Leonore Spaeter";

    public override Task<StepOutcome> Do(Ship command, StepContext context)
    {
        if (command.Name == Unreadable)
        {
            throw new FormatException($"The input '{command.Name}' was not in a correct format.");
        }

        WhatWasRead.Note(command);
        if (command.Name == Later)
        {
            return new StepOutcome.Deferred();
        }

        return command.CannotBeShipped
            ? new StepOutcome.Rejected("no_carrier", "No carrier goes there.")
            : new StepOutcome.Completed(new Shipped("To " + command.Name));
    }

    public override Task<UndoOutcome> Undo(Unship command, StepContext context) => new UndoOutcome.Completed();
}
