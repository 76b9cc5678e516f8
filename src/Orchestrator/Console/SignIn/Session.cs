using Microsoft.AspNetCore.Authentication;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>One person's session: who he is, and his tokens.</summary>
internal sealed class Session(AuthenticationTicket ticket, Tokens tokens)
{
    private readonly Lock gate = new();
    private volatile Tokens tokens = tokens;
    private Task renewing = Task.CompletedTask;

    public AuthenticationTicket Ticket { get; set; } = ticket;

    public bool IsOver => Ticket.Properties.ExpiresUtc < DateTimeOffset.UtcNow;

    /// <returns>Null when the issuer gives no other one.</returns>
    public async Task<string?> Token(TokenRenewal renewal, CancellationToken cancellationToken)
    {
        if (tokens is { IsOld: true, Refresh: not null })
        {
            await Renewed(renewal).WaitAsync(cancellationToken);
        }

        return tokens.HasEnded ? null : tokens.Access;
    }

    // The pages of one browser ask at the same time, and a refresh token may hold only once.
    private Task Renewed(TokenRenewal renewal)
    {
        lock (gate)
        {
            if (renewing.IsCompleted)
            {
                renewing = Renew(renewal);
            }

            return renewing;
        }
    }

    private async Task Renew(TokenRenewal renewal) => tokens = await renewal.Renew(tokens, CancellationToken.None);
}
