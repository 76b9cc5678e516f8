using System.Collections.Concurrent;

namespace SagaOrchestrator.Issuer;

/// <summary>Who can sign in: one for each role of the API. Their passwords are in this source, so they protect nothing.</summary>
internal sealed class DevelopmentUsers
{
    private readonly ConcurrentDictionary<string, DevelopmentUser> all = new(StringComparer.Ordinal);

    public DevelopmentUsers()
    {
        Set(new DevelopmentUser("reader", "reader-dev", ["read"]));
        Set(new DevelopmentUser("starter", "starter-dev", ["read", "start"]));
        Set(new DevelopmentUser("operator", "operator-dev", ["operate"]));
        Set(new DevelopmentUser("administrator", "administrator-dev", ["administer"]));
    }

    public IEnumerable<DevelopmentUser> All => all.Values.OrderBy(user => user.Name, StringComparer.Ordinal);

    /// <summary>Adds a user, or gives one another password or other roles.</summary>
    public void Set(DevelopmentUser user) => all[user.Name] = user;

    /// <summary>From now on he gets no token, also not for a session that he has.</summary>
    public void Remove(string name) => all.TryRemove(name, out _);

    public DevelopmentUser? Find(string? name) => name is not null && all.TryGetValue(name, out var user) ? user : null;

    public DevelopmentUser? Find(string? name, string? password) => Find(name) is { } user && user.Password == password ? user : null;
}

/// <summary>Somebody who can sign in.</summary>
/// <param name="Name">Subject and name of his tokens.</param>
/// <param name="Password">In plain, as everything here.</param>
/// <param name="Roles">The claim <c>roles</c>.</param>
internal sealed record DevelopmentUser(string Name, string Password, IReadOnlyList<string> Roles);
