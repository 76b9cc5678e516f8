using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Engine.Topology;

/// <summary>Gives RabbitMQ what a new participant needs, over its management API. Nothing that others have is taken away.</summary>
internal sealed class BrokerDesk : IDisposable
{
    private const string Limits = "-limits";

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly string host;

    public BrokerDesk(Uri console, string virtualHost)
    {
        host = Uri.EscapeDataString(virtualHost);
        http.BaseAddress = new UriBuilder(console)
        {
            UserName = string.Empty,
            Password = string.Empty,
            Path = "/",
        }.Uri;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(console.UserInfo)))
        );
    }

    /// <summary>Adds queue, exchange, dead letters, policies, user and permissions.</summary>
    /// <returns>Where the user's password stands.</returns>
    public async Task<string> Add(
        SagaTopology topology,
        string name,
        IReadOnlyList<string> sharedWith,
        NewPasswords passwords,
        CancellationToken cancellationToken
    )
    {
        var known = await Services(topology.Queue, cancellationToken);
        if (known.Orchestrators.Contains(name))
        {
            throw new InvalidOperationException($"'{name}' is an orchestrator here. Give the participant another name.");
        }

        var options = new TopologyOptions(topology.VirtualHost, sharedWith, DevelopmentPasswords: false);
        var definitions = JsonNode.Parse(topology.Definitions(options, [.. known.Participants, name]))!;
        // Of the others that the broker has, this orchestrator may write to those that its plans name, and to those added before.
        var rights = JsonNode.Parse(topology.Definitions(options, [name]))!["permissions"]!.AsArray();
        var where = await AddUser(name, passwords, cancellationToken);
        await Import(definitions, name, cancellationToken);
        foreach (var user in new[] { name, topology.Queue })
        {
            await Permit(user, rights.Single(item => (string)item!["user"]! == user)!, cancellationToken);
        }

        return where;
    }

    public void Dispose() => http.Dispose();

    // Each service has a policy of its own; an orchestrator has besides an index of dead letters.
    private async Task<(IReadOnlyList<string> Participants, IReadOnlyList<string> Orchestrators)> Services(
        string own,
        CancellationToken cancellationToken
    )
    {
        var policies = await Names($"policies/{host}", cancellationToken);
        var queues = (await Names($"queues/{host}?columns=name", cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var services = policies
            .Where(policy => policy.EndsWith(Limits, StringComparison.Ordinal))
            .Select(policy => policy[..^Limits.Length])
            .Where(queues.Contains)
            .ToLookup(service => service == own || queues.Contains(Queues.DeadLetterIndexOf(service)));
        return ([.. services[false]], [.. services[true]]);
    }

    private async Task<string> AddUser(string name, NewPasswords passwords, CancellationToken cancellationToken)
    {
        using var found = await http.GetAsync($"api/users/{name}", cancellationToken);
        if (found.StatusCode != HttpStatusCode.NotFound)
        {
            await Check(found, cancellationToken);
            var user = await found.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (user.GetProperty("password_hash").GetString() is { Length: > 0 })
            {
                return passwords.Known(name, "broker");
            }
        }

        var (password, where) = passwords.Make(name, "broker");
        await Put($"users/{name}", new JsonObject { ["password"] = password, ["tags"] = string.Empty }, cancellationToken);
        return where;
    }

    // Another orchestrator may have given rights too, and they stay.
    private async Task Permit(string user, JsonNode permission, CancellationToken cancellationToken)
    {
        var path = $"permissions/{host}/{Uri.EscapeDataString(user)}";
        using var found = await http.GetAsync("api/" + path, cancellationToken);
        if (found.StatusCode != HttpStatusCode.NotFound)
        {
            await Check(found, cancellationToken);
            var present = await found.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            foreach (var right in new[] { "configure", "write", "read" })
            {
                permission[right] = PermissionPattern.United(present.GetProperty(right).GetString()!, (string)permission[right]!);
            }
        }

        await Put(path, permission, cancellationToken);
    }

    // Of the others only what names all: which services have dead letters, and what nobody took.
    private async Task Import(JsonNode definitions, string name, CancellationToken cancellationToken)
    {
        bool IsOwn(string found)
        {
            var queue = Queues.BehindExchange(found) ?? found;
            return queue == name || queue.StartsWith(Queues.DeadLetterOf(name), StringComparison.Ordinal);
        }

        var scoped = new JsonObject();
        foreach (var (section, key) in new[] { ("exchanges", "name"), ("queues", "name"), ("bindings", "source"), ("policies", "name") })
        {
            scoped[section] = new JsonArray([
                .. definitions[section]!
                    .AsArray()
                    .Select(item => item!.DeepClone().AsObject())
                    .Where(item => section == "policies" ? !IsOfAnother((string)item[key]!, name) : IsOwn((string)item[key]!))
                    .Select(item =>
                    {
                        item.Remove("vhost");
                        return (JsonNode)item;
                    }),
            ]);
        }

        using var answer = await http.PostAsJsonAsync($"api/definitions/{host}", scoped, cancellationToken);
        await Check(answer, cancellationToken);
    }

    private static bool IsOfAnother(string policy, string name) =>
        policy.EndsWith(Limits, StringComparison.Ordinal) && policy != name + Limits;

    private async Task<IReadOnlyList<string>> Names(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync("api/" + path, cancellationToken);
        await Check(answer, cancellationToken);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return [.. found.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
    }

    private async Task Put(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var answer = await http.PutAsJsonAsync("api/" + path, body, cancellationToken);
        await Check(answer, cancellationToken);
    }

    private async Task Check(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                answer.StatusCode switch
                {
                    HttpStatusCode.Unauthorized => $"RabbitMQ at {http.BaseAddress} does not know the user or the password.",
                    HttpStatusCode.NotFound => $"RabbitMQ has no virtual host '{Uri.UnescapeDataString(host)}'. "
                        + "Import what 'topology --format definitions' writes.",
                    _ => $"RabbitMQ refused it ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancellationToken)}",
                }
            );
        }
    }
}
