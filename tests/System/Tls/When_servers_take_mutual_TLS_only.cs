using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Topology;
using SagaOrchestrator.Messaging.Settings;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tls;

public sealed class When_servers_take_mutual_TLS_only
{
    private TlsServers servers = null!;

    [OneTimeSetUp]
    public async Task Start() => servers = await TlsServers.Start();

    [OneTimeTearDown]
    public async Task Stop() => await servers.DisposeAsync();

    [Test]
    public async Task Should_run_orders_while_passwords_and_certificates_are_rotated()
    {
        await using var system = await TlsSystem.Start(servers);
        using var enough = new CancellationTokenSource();
        var ordering = system.Order(enough.Token);
        await servers.SetPasswords("second");
        await servers.Rotate();
        // Who comes now has met the new passwords and certificates on the way.
        await system.Completed(await system.Order());
        await enough.CancelAsync();

        var sagas = await ordering;
        sagas.ShouldNotBeEmpty();
        foreach (var saga in sagas)
        {
            await system.Completed(saga);
        }
    }

    [Test]
    public async Task Should_refuse_plain_connections()
    {
        var plain = TlsSystem.Broker(
            servers,
            "orchestrator",
            ("RabbitMq:Tls:Enabled", null),
            ("RabbitMq:Tls:CaFile", null),
            ("RabbitMq:Tls:CertificateFile", null),
            ("RabbitMq:Tls:KeyFile", null)
        );
        await Should.ThrowAsync<BrokerUnreachableException>(() => BrokerLink.Open(plain, "test", CancellationToken.None));
        (await Refused(settings => settings.SslMode = SslMode.Disable)).ShouldContain("no pg_hba.conf entry");
    }

    [Test]
    public async Task Should_refuse_who_shows_no_certificate()
    {
        // Since TLS 1.3 the broker tells after the handshake, and what arrives first is the alert or the end.
        var stranger = TlsSystem.Broker(servers, "orchestrator", ("RabbitMq:Tls:CertificateFile", null), ("RabbitMq:Tls:KeyFile", null));
        var refusal = await Should.ThrowAsync<Exception>(() => BrokerLink.Open(stranger, "test", CancellationToken.None));
        (refusal is BrokerUnreachableException or UntrustedBrokerException).ShouldBeTrue(refusal.ToString());
        (await Refused(settings => (settings.SslCertificate, settings.SslKey) = (null, null))).ShouldContain(
            "connection requires a valid client certificate"
        );
    }

    [Test]
    public async Task Should_refuse_a_server_whose_authority_is_another()
    {
        var other = servers.At("other.crt");
        using var authority = new TestAuthority("other");
        await File.WriteAllTextAsync(other, authority.Pem);
        (await NotStarted(("RabbitMq:Tls:CaFile", other))).ShouldContain(
            $"its certificate 'CN=server' is not signed by RabbitMq:Tls:CaFile ('{other}')"
        );
        (await Refused(settings => settings.RootCertificate = other)).ShouldStartWith("The database cannot be used over TLS: ");
    }

    [Test]
    public async Task Should_refuse_a_server_with_another_name()
    {
        (await NotStarted(("RabbitMq:Tls:ServerName", "elsewhere.example.com"))).ShouldContain(
            "its certificate 'CN=server' is for other names. Correct RabbitMq:Host, or set RabbitMq:Tls:ServerName."
        );
        (await Refused(settings => settings.Host = "127.0.0.2")).ShouldStartWith("The database cannot be used over TLS: ");
    }

    [Test]
    public async Task Should_refuse_a_server_whose_certificate_has_ended()
    {
        await servers.LetServersExpire(expired: true);
        (await NotStarted()).ShouldContain("its certificate 'CN=server' holds from ");
        (await Refused(_ => { })).ShouldStartWith("The database cannot be used over TLS: ");
        await servers.LetServersExpire(expired: false);
    }

    [TestCase("RabbitMq:Tls:Enabled", null, "The setting RabbitMq:Tls:Enabled is not true beside other settings of RabbitMq:Tls.")]
    [TestCase("RabbitMq:Tls:KeyFile", null, "The setting RabbitMq:Tls:KeyFile is missing: a certificate and its key go together.")]
    [TestCase("RabbitMq:Tls:CaFile", "/nowhere/ca.crt", "The setting RabbitMq:Tls:CaFile names '/nowhere/ca.crt', which cannot be used")]
    [TestCase("RabbitMq:Tls:External", "true", "The setting RabbitMq:Tls:External is set beside RabbitMq:Password")]
    [TestCase("RabbitMq:Tls:Enable", "true", "The setting RabbitMq:Tls:Enable is not known. Known in 'RabbitMq:Tls'")]
    public void Should_name_a_setting_that_is_wrong(string key, string? value, string line) =>
        Should.Throw<InvalidSettingException>(() => TlsSystem.Broker(servers, "orchestrator", (key, value))).Message.ShouldStartWith(line);

    [Test]
    public void Should_name_a_key_that_is_anothers() =>
        Should
            .Throw<InvalidSettingException>(() =>
                TlsSystem.Broker(servers, "orchestrator", ("RabbitMq:Tls:KeyFile", servers.At("payments.key")))
            )
            .Message.ShouldContain("It must be the unencrypted key, in PEM, of the certificate.");

    [Test]
    public void Should_name_a_file_of_the_connection_string_that_is_not_there()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Orchestrator", "Host=here;Root Certificate=/nowhere/ca.crt")])
            .Build();
        Should
            .Throw<InvalidOperationException>(() => ConnectionStrings.Required(settings, "Orchestrator"))
            .Message.ShouldBe(
                "The connection string 'Orchestrator' names '/nowhere/ca.crt' as its Root Certificate, which is not there. Mount it there, "
                    + "or correct ConnectionStrings__Orchestrator."
            );
    }

    // What a service says that looks for its queues before it starts.
    private async Task<string> NotStarted(params (string Key, string? Value)[] changes) =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                new TopologyCheck(TlsSystem.Broker(servers, "orchestrator", changes), "orchestrator").StartingAsync(CancellationToken.None)
            )
        ).Message;

    // What a service says that asks for its schema before it starts, or else the server.
    private async Task<string> Refused(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(servers.Database.Connection("postgres")) { Pooling = false };
        change(settings);
        try
        {
            await Startup.WhenPossible(
                async () =>
                {
                    await using var connection = new NpgsqlConnection(settings.ConnectionString);
                    try
                    {
                        await connection.OpenAsync();
                    }
                    catch (PostgresException exception)
                    {
                        throw new RefusedException(exception.MessageText);
                    }
                },
                CancellationToken.None
            );
        }
        catch (Exception exception) when (exception is InvalidOperationException or RefusedException)
        {
            return exception.Message;
        }

        return "was let in";
    }

    private sealed class RefusedException(string message) : Exception(message);
}
