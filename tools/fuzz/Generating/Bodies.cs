namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>A valid body for a route.</summary>
internal static class Bodies
{
    private static readonly string[] Steps =
    [
        "reserve_inventory",
        "process_payment",
        "create_shipment",
        "send_confirmation",
        "await_approval",
        "nothing",
    ];

    public static string For(Dice dice, string template, string key) =>
        template[(template.LastIndexOf('/') + 1)..] switch
        {
            "{type}" => Examples.Start(dice.Of(Victims.Order, Victims.Business), key),
            "signals" => Examples.Signal(dice.Id()),
            "retry" or "skip" => Examples.Action(dice.Of(Steps)),
            "extend" => Examples.Extension(dice.Of(Steps)),
            "resolve" => Examples.Resolution(dice.Of(Steps), dice.Of("done", "not-done")),
            "graphql" => Queries.Of(dice),
            _ => Examples.Cancel,
        };
}
