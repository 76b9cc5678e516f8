using System.Globalization;
using SagaOrchestrator.Decisions.Ids;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>
/// Sagas that the fuzzer starts to have something to aim at. Their ids follow from seed and number, so every case that names one can be
/// drawn again. Honest orders are never aimed at.
/// </summary>
internal sealed class Victims(int seed)
{
    private const int Many = 40;

    public const string Order = "order-fulfillment";
    public const string Business = "business-order";

    public static string Type(int number) => number % 4 == 0 ? Business : Order;

    public string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"victim-{seed}-{number}");

    public Guid Id(int number) => SagaIds.OfSaga(Type(number), Key(number));

    public static int Any(Dice dice) => dice.Below(Many);

    /// <summary>All, each with its type and a valid start.</summary>
    public IEnumerable<(string Type, string Json)> Starts() =>
        Enumerable.Range(0, Many).Select(number => (Type(number), Json: Examples.Start(Type(number), Key(number), Token(number))));

    // Some get stuck, so that operators' actions and lists of parked sagas have something to act on.
    private static string Token(int number) =>
        (number % 5) switch
        {
            1 => "tok_norefund",
            2 => "tok_timeout",
            _ => "tok_visa",
        };
}
