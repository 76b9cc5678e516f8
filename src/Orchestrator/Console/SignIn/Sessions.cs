using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace SagaOrchestrator.Console.SignIn;

/// <summary>Who is signed in, in this node's memory. The browser has the session's number and nothing else.</summary>
internal sealed class Sessions(TokenRenewal renewal) : ITicketStore
{
    /// <summary>The claim with the session's number, by which a live page finds the tokens.</summary>
    public const string Number = "saga_console_session";

    private const int Most = 10_000;
    private const int Bytes = 32;

    private readonly ConcurrentDictionary<string, Session> all = new(StringComparer.Ordinal);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        ForgetEnded();
        var number = Convert.ToHexString(RandomNumberGenerator.GetBytes(Bytes));
        ticket.Principal.AddIdentity(new ClaimsIdentity([new Claim(Number, number)]));
        all[number] = new Session(ticket, Tokens.Of(ticket.Properties));
        return Task.FromResult(number);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (all.TryGetValue(key, out var session))
        {
            session.Ticket = ticket;
        }

        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        Task.FromResult(all.TryGetValue(key, out var session) && !session.IsOver ? session.Ticket : null);

    public Task RemoveAsync(string key)
    {
        all.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>A token that still holds for a while, renewed when need be; null when the session is over.</summary>
    public async Task<string?> Token(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.FindFirstValue(Number) is not { } number || !all.TryGetValue(number, out var session) || session.IsOver)
        {
            return null;
        }

        var token = await session.Token(renewal, cancellationToken);
        if (token is null)
        {
            all.TryRemove(number, out _);
        }

        return token;
    }

    private void ForgetEnded()
    {
        foreach (var (number, session) in all)
        {
            if (session.IsOver || all.Count >= Most)
            {
                all.TryRemove(number, out _);
            }
        }
    }
}
