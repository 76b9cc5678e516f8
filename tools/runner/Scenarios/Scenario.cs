using System.Globalization;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Runner.Scenarios;

/// <summary>One kind of saga to watch.</summary>
/// <param name="Name">What to ask for.</param>
/// <param name="What">What it shows.</param>
/// <param name="Type">The plan.</param>
/// <param name="Order">The data to start it with.</param>
/// <param name="End">The state in which it must end.</param>
/// <param name="Play">What people do meanwhile.</param>
internal sealed record Scenario(
    string Name,
    string What,
    string Type,
    Func<JsonObject> Order,
    string End,
    Func<ScenarioPlay, CancellationToken, Task> Play
)
{
    private const string Simple = "order-fulfillment";
    private const string Business = "business-order";
    private const int Large = 1200;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("completed", "every step completes, one after another", Simple, () => Make(), "Completed", Watch),
        new(
            "rejected",
            "the card is declined: a clean refusal, and what was done before is undone",
            Simple,
            () => Make(token: "tok_declined"),
            "Failed",
            Watch
        ),
        new(
            "retried",
            "the gateway fails twice with an unknown outcome; the same command is sent again and works",
            Simple,
            () => Make(token: "tok_flaky"),
            "Completed",
            Watch
        ),
        new(
            "unknown",
            "the gateway takes the money and never answers: three attempts, then that step is undone too",
            Simple,
            () => Make(token: "tok_timeout"),
            "Failed",
            Watch
        ),
        new(
            "parked",
            "a refund keeps failing until the saga is parked; an operator has it tried again",
            Simple,
            () => Make(token: "tok_refund_later", units: 121),
            "Failed",
            Unpark
        ),
        new(
            "parallel",
            "goods and carrier are booked side by side; one fails, the other may answer, then it is undone",
            Business,
            () => Make(product: "no-such-product"),
            "Failed",
            Watch
        ),
        new(
            "conditional",
            "a small order of a company needs no approval: that step is skipped",
            Business,
            () => Make(),
            "Completed",
            Watch
        ),
        new(
            "approval",
            "a large order waits for a signal, and goes on when it comes",
            Business,
            () => Make(price: Large),
            "Completed",
            Approve
        ),
        new("declined", "the signal says no, and everything is undone", Business, () => Make(price: Large), "Failed", Decline),
        new("cancelled", "an operator cancels while the saga waits", Business, () => Make(price: Large), "Failed", Cancel),
        new(
            "deadline",
            "nobody approves; after a minute the saga's deadline starts compensation",
            Business,
            () => Make(price: Large),
            "Failed",
            Watch
        ),
        new(
            "pivot",
            "nobody knows whether the payment, which is final, was made: asked, parked, cancel refused, tried again",
            Business,
            () => Make(token: "tok_answers_later"),
            "Completed",
            LeadPivotOut
        ),
    ];

    private static Task Watch(ScenarioPlay play, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Unpark(ScenarioPlay play, CancellationToken cancellationToken)
    {
        await play.WaitForState("Parked", cancellationToken);
        play.Say("An operator sees the alarm, and has the refund tried again.");
        await play.Post(
            "retry",
            new JsonObject
            {
                ["step"] = "process_payment",
                ["by"] = "operator",
                ["reason"] = "The gateway says that it is back.",
            },
            cancellationToken
        );
    }

    private static async Task Approve(ScenarioPlay play, CancellationToken cancellationToken)
    {
        await play.WaitForStep("await_approval", "Signal", cancellationToken);
        play.Say("A manager approves.");
        await play.Post("signals", Signal(), cancellationToken);
    }

    private static async Task Decline(ScenarioPlay play, CancellationToken cancellationToken)
    {
        await play.WaitForStep("await_approval", "Signal", cancellationToken);
        play.Say("A manager says no.");
        var signal = Signal();
        signal["decline"] = new JsonObject { ["code"] = "over_budget", ["reason"] = "Not in this quarter." };
        await play.Post("signals", signal, cancellationToken);
    }

    private static async Task Cancel(ScenarioPlay play, CancellationToken cancellationToken)
    {
        await play.WaitForStep("await_approval", "Signal", cancellationToken);
        play.Say("The customer calls, and an operator cancels.");
        await play.Post("cancel", new JsonObject { ["by"] = "operator", ["reason"] = "The customer called." }, cancellationToken);
    }

    private static async Task LeadPivotOut(ScenarioPlay play, CancellationToken cancellationToken)
    {
        await play.WaitForState("Parked", cancellationToken);
        play.Say("An operator tries to cancel, which is refused: the payment may have been made.");
        await play.Post("cancel", new JsonObject { ["by"] = "operator", ["reason"] = "It takes too long." }, cancellationToken);
        play.Say("The operator has the payment sent again, with the same command id, so that it cannot be made twice.");
        await play.Post(
            "retry",
            new JsonObject
            {
                ["step"] = "process_payment",
                ["by"] = "operator",
                ["reason"] = "The gateway answers again.",
            },
            cancellationToken
        );
    }

    private static JsonObject Signal() =>
        new()
        {
            ["signalId"] = Guid.NewGuid().ToString(),
            ["name"] = "approval",
            ["data"] = new JsonObject { ["by"] = "manager" },
        };

    private static JsonObject Make(string token = "tok_visa", string product = "scenario-goods", int units = 1, int price = 20) =>
        new()
        {
            ["orderId"] = $"scenario-{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}",
            ["customerId"] = "SCENARIO",
            ["currency"] = "USD",
            ["total"] = (units * price).ToString(CultureInfo.InvariantCulture),
            ["items"] = new JsonArray(
                new JsonObject
                {
                    ["productId"] = product,
                    ["quantity"] = units,
                    ["unitPrice"] = price.ToString(CultureInfo.InvariantCulture),
                }
            ),
            ["paymentMethod"] = new JsonObject { ["type"] = "card", ["token"] = token },
            ["shippingAddress"] = new JsonObject
            {
                ["name"] = "A customer",
                ["street"] = "1 Main Street",
                ["city"] = "Lisbon",
                ["country"] = "Portugal",
            },
        };
}
