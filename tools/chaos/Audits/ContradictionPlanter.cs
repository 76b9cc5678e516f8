using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SagaOrchestrator.Chaos.Faults;
using SagaOrchestrator.Chaos.Load;
using SagaOrchestrator.Chaos.Running;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Server.Sagas.OrderFulfillment;

namespace SagaOrchestrator.Chaos.Audits;

/// <summary>
/// Plants what must not be, as an operator's mistake or a lost message would, while faults strike: each kind by itself, again and again.
/// It goes on after the storm with a kind of which none has stood until the auditor saw it.
/// </summary>
/// <param name="store">Where it is written.</param>
/// <param name="thief">What takes commands away.</param>
/// <param name="client">What starts the orders that it needs.</param>
/// <param name="journal">Where it is written down.</param>
/// <param name="seed">What moments and orders are drawn from.</param>
/// <param name="storm">How long faults strike.</param>
internal sealed class ContradictionPlanter(
    ContradictionStore store,
    CommandThief thief,
    Client client,
    Journal journal,
    int seed,
    TimeSpan storm
)
{
    private const string Payments = "payments";
    private const string Inventory = "inventory";

    // What is planted later would be looked at when all is to be at rest.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Alarmed = TimeSpan.FromSeconds(60);

    private readonly OrderMix mix = new(seed, failing: 0, flaky: 0);
    private readonly ConcurrentQueue<Task> orders = new();
    private readonly ConcurrentDictionary<Contradiction, bool> planted = new();
    private int drawn;

    /// <summary>What was planted and stood until the auditor saw it, or until the run was over.</summary>
    public ICollection<Contradiction> Planted => planted.Keys;

    /// <summary>How many orders were started for it.</summary>
    public int Orders => orders.Count;

    /// <summary>Returns when the storm is over and one of each kind has been reported, or at the end.</summary>
    /// <param name="heal">The storm is over.</param>
    /// <param name="end">Nothing at all from then on.</param>
    public async Task Run(CancellationToken heal, CancellationToken end)
    {
        await Task.WhenAll(
            Again(Contradiction.TimerMissing, 0.1, PlantMissingTimer, heal, end),
            Again(Contradiction.CommandLost, 0.2, PlantLostCommand, heal, end),
            Again(Contradiction.FenceDisagrees, 0.3, PlantDisagreement, heal, end)
        );
        await Task.WhenAll(orders);
    }

    private async Task Again(
        string kind,
        double first,
        Func<CancellationToken, Task<bool>> plant,
        CancellationToken heal,
        CancellationToken end
    )
    {
        var dice = new Random(seed + kind.Length);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(heal);
        late.CancelAfter(storm > LastLook ? storm - LastLook : TimeSpan.Zero);
        await Wait.For(storm * first, late.Token);
        var wasReported = false;
        while (!end.IsCancellationRequested && (!wasReported || !late.IsCancellationRequested))
        {
            try
            {
                wasReported |= await plant(end);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Wait.For(Fault.Draw(dice, 1, 20), wasReported ? late.Token : end);
        }
    }

    private async Task<bool> PlantMissingTimer(CancellationToken end)
    {
        var saga = await WithoutCommand(Payments, end);
        return saga is { } id
            && await store.DropTimer(id, end) is { } written
            && await Reported(new Contradiction(Contradiction.TimerMissing, id, written.At), () => store.HasTimer(id, end), end);
    }

    private async Task<bool> PlantLostCommand(CancellationToken end)
    {
        var saga = await WithoutCommand(Inventory, end);
        return saga is { } id
            && await store.LoseTimers(id, end) is { } written
            && await Reported(
                new Contradiction(Contradiction.CommandLost, id, written.At),
                async () => await store.LoseTimersAgain(id, written.Version, end) is null,
                end
            );
    }

    private async Task<bool> PlantDisagreement(CancellationToken end)
    {
        if (await store.Completed(end) is not { } id)
        {
            return false;
        }

        try
        {
            return await store.Undo(id, end) is { } written
                && await Reported(
                    new Contradiction(Contradiction.FenceDisagrees, id, written.At),
                    async () => !await store.IsUndone(id, end),
                    end
                )
                && await Wait.Until(() => store.HasAlarm(Contradiction.FenceDisagrees, end), Alarmed, end);
        }
        finally
        {
            // As whoever found out that the saga is right.
            await store.Restore(id, CancellationToken.None);
        }
    }

    /// <summary>An order whose command to a participant is nowhere; null when it came past the thief.</summary>
    private async Task<Guid?> WithoutCommand(string queue, CancellationToken end)
    {
        var order = NextOrder();
        var saga = SagaIds.OfSaga(OrderFulfillmentPlan.Name, order["orderId"]!.GetValue<string>());
        Task? starting = null;
        var isTaken = await thief.Take(queue, saga, () => starting ??= client.Place(order, end), end);
        orders.Enqueue(starting ?? client.Place(order, end));
        return isTaken ? saga : null;
    }

    /// <summary>Waits until the auditor has reported it. When it is gone by itself before, it was none.</summary>
    private async Task<bool> Reported(Contradiction contradiction, Func<Task<bool>> isGone, CancellationToken end)
    {
        journal.Write("plant", $"{contradiction.Kind} of saga {contradiction.Saga}");
        planted[contradiction] = true;
        DateTimeOffset? gone = null;
        while (!await store.IsReported(contradiction, end))
        {
            if (gone is { } since && await store.RunsSince(since, end) > 1)
            {
                journal.Write("plant", $"{contradiction.Kind} of saga {contradiction.Saga} was gone before the auditor saw it");
                planted.TryRemove(contradiction, out _);
                return false;
            }

            if (gone is null && await isGone())
            {
                gone = await store.Now(end);
            }

            await Wait.For(Poll, end);
        }

        return true;
    }

    private JsonObject NextOrder()
    {
        lock (mix)
        {
            return mix.Next(++drawn);
        }
    }
}
