using System.Security.Cryptography;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tls;

/// <summary>Broker and database that take mutual TLS only, and the certificates of those who use them.</summary>
internal sealed class TlsServers : IAsyncDisposable
{
    /// <summary>The ring of keys for marked values.</summary>
    public const string KeyFile = "sensitive.keys";

    private static readonly string[] Users = ["postgres", "orchestrator", "inventory", "payments", "shipping", "notifications"];

    private readonly string folder = Directory.CreateTempSubdirectory("saga-tls-").FullName;
    private TestAuthority authority = new("first");

    public TlsBroker Broker { get; private set; } = null!;

    public TlsDatabase Database { get; private set; } = null!;

    public static async Task<TlsServers> Start()
    {
        var servers = new TlsServers();
        await OwnTool.Run("chmod", environment: null, "755", servers.folder);
        Directory.CreateDirectory(servers.At("broker"));
        servers.WriteAll();
        File.Copy(TestServers.KeyFile, servers.At(KeyFile));
        var broker = TlsBroker.Start(servers.At("broker"));
        servers.Database = await TlsDatabase.Start(servers.At("database"), servers.folder);
        servers.Broker = await broker;
        await servers.SetPasswords("dev");
        return servers;
    }

    /// <summary>A file beside the certificates.</summary>
    public string At(string name) => Path.Combine(folder, name);

    /// <summary>Another authority signs everything anew. What the one before has signed is trusted by nobody any more.</summary>
    public async Task Rotate()
    {
        authority.Dispose();
        authority = new TestAuthority("second");
        WriteAll();
        await TakeCertificates();
        await Broker.CloseConnections();
        await Database.Execute(
            "postgres",
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'saga' and pid <> pg_backend_pid()"
        );
    }

    /// <summary>All services get other passwords: first the servers know them, then the files hold them.</summary>
    public async Task SetPasswords(string ending)
    {
        foreach (var service in TlsSystem.Participants.Append("orchestrator"))
        {
            await Database.Execute("saga", $"alter role {service} password '{service}-{ending}'");
            await File.WriteAllTextAsync(At($"{service}.database"), Database.Connection(service, $"{service}-{ending}") + "\n");
        }

        await Broker.SetPassword("orchestrator", $"orchestrator-{ending}");
        await File.WriteAllTextAsync(At("orchestrator.broker"), $"orchestrator-{ending}\n");
    }

    /// <summary>Makes a new key for marked values and has it active; the others stay in the ring.</summary>
    public void AddKey(string name) =>
        File.WriteAllText(
            At(KeyFile),
            $"{name} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n{File.ReadAllText(At(KeyFile))}"
        );

    /// <summary>Takes a key out of the ring.</summary>
    public void RemoveKey(string name) =>
        File.WriteAllLines(
            At(KeyFile),
            [.. File.ReadAllLines(At(KeyFile)).Where(line => !line.StartsWith(name + " ", StringComparison.Ordinal))]
        );

    /// <summary>The servers show a certificate that has ended, or one that holds again.</summary>
    public async Task LetServersExpire(bool expired)
    {
        authority.Write(folder, "server", isServer: true, hasExpired: expired);
        await TakeCertificates();
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void WriteAll()
    {
        File.WriteAllText(At("ca.crt"), authority.Pem);
        authority.Write(folder, "server", isServer: true);
        foreach (var user in Users)
        {
            authority.Write(folder, user);
        }

        CopyToBroker();
    }

    private void CopyToBroker()
    {
        foreach (var file in new[] { "server.crt", "server.key", "ca.crt" })
        {
            File.Copy(At(file), Path.Combine(At("broker"), file), overwrite: true);
        }
    }

    private async Task TakeCertificates()
    {
        CopyToBroker();
        await Broker.ReadCertificatesAnew();
        await Database.TakeCertificates();
        await Database.Reload();
    }
}
