namespace SagaOrchestrator.Participants.Services.Payments.Gateway;

/// <summary>
/// A payment gateway as its sandbox would be: idempotent by key, with test tokens that misbehave on purpose.
/// <list type="table">
/// <item><term><c>tok_declined</c></term><description>The card is declined; no money is taken.</description></item>
/// <item><term><c>tok_flaky</c></term><description>Fails twice with an unknown outcome, then works.</description></item>
/// <item><term><c>tok_timeout</c></term><description>Takes the money and never answers.</description></item>
/// <item><term><c>tok_answers_later</c></term><description>Takes the money and does not answer; asked again, it does.</description></item>
/// <item><term><c>tok_norefund</c></term><description>Charges, but every refund fails.</description></item>
/// <item><term><c>tok_refund_later</c></term><description>Charges; the first four refunds fail, the fifth works.</description></item>
/// <item><term>any other</term><description>Works.</description></item>
/// </list>
/// </summary>
internal sealed class SandboxGateway(IGatewayBook book)
{
    public const string Declined = "tok_declined";
    public const string Flaky = "tok_flaky";
    public const string Timeout = "tok_timeout";
    public const string AnswersLater = "tok_answers_later";
    public const string NoRefund = "tok_norefund";

    public const string RefundLater = "tok_refund_later";

    private const int FlakyFailures = 2;
    private const int RefundsThatFail = 4;

    /// <summary>Takes money, once per key.</summary>
    /// <exception cref="GatewayException">Nobody knows whether it was taken.</exception>
    public async Task<GatewayCharge> Charge(string key, string token, decimal amount, string currency, CancellationToken cancellationToken)
    {
        var charge = await book.Change(key, known => Charge(known, token, amount, currency), cancellationToken);
        if (token == Timeout || (token == AnswersLater && charge.Attempts == 1))
        {
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        }

        return token == Flaky && charge.State == ChargeState.Attempted
            ? throw new GatewayException("The gateway failed (HTTP 502) and did not say whether the charge was made.")
            : charge;
    }

    /// <summary>Gives back whatever was taken under a key, and refuses charges under it from now on.</summary>
    /// <exception cref="GatewayException">It is not given back.</exception>
    public async Task<GatewayCharge> Refund(string key, CancellationToken cancellationToken)
    {
        var charge = await book.Change(key, Refund, cancellationToken);
        return charge is { State: ChargeState.Charged, Token: RefundLater }
            ? throw new GatewayException("The gateway cannot refund now (HTTP 503).")
            : charge;
    }

    private static GatewayCharge Refund(GatewayCharge known) =>
        known switch
        {
            { State: ChargeState.Attempted } => known with { State = ChargeState.Voided },
            { State: ChargeState.Charged, Token: NoRefund } => throw new GatewayException(
                "The gateway refuses to refund this card (HTTP 409)."
            ),
            // The charge itself was the first attempt under this key.
            { State: ChargeState.Charged, Token: RefundLater } when known.Attempts <= RefundsThatFail => known with
            {
                Attempts = known.Attempts + 1,
            },
            { State: ChargeState.Charged } => known with { State = ChargeState.Refunded },
            _ => known,
        };

    private static GatewayCharge Charge(GatewayCharge known, string token, decimal amount, string currency)
    {
        if (known.State != ChargeState.Attempted || token == Declined)
        {
            return known.State == ChargeState.Charged && token == AnswersLater ? known with { Attempts = known.Attempts + 1 } : known;
        }

        var attempt = known with { Attempts = known.Attempts + 1, Token = token, Amount = amount, Currency = currency };
        return token == Flaky && attempt.Attempts <= FlakyFailures ? attempt : attempt with { State = ChargeState.Charged };
    }
}

/// <summary>The gateway did not do what it was asked, or did not say.</summary>
internal sealed class GatewayException(string message) : Exception(message);
