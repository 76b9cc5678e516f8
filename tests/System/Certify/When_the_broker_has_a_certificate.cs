using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SagaOrchestrator.Tests.Servers;
using SagaOrchestrator.Tests.Tls;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>With amqps the name must be right, and the authority trusted, before the password is sent.</summary>
public sealed class When_the_broker_has_a_certificate
{
    private readonly string folder = Directory.CreateTempSubdirectory("certify-tls").FullName;
    private readonly TestAuthority authority = new("first");
    private readonly TcpListener listener = new(IPAddress.Any, FreePort.Find());

    [OneTimeSetUp]
    public void Start()
    {
        File.WriteAllText(At("ca.crt"), authority.Pem);
        authority.Write(folder, "server", isServer: true);
        listener.Start();
    }

    [OneTimeTearDown]
    public void Stop()
    {
        listener.Dispose();
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Should_take_one_of_the_authority_that_is_given() =>
        (await Shake("127.0.0.1", "--ca-file", At("ca.crt"))).Errors.ShouldContain("No RabbitMQ answers at 127.0.0.1:");

    [Test]
    public async Task Should_refuse_one_that_is_for_another_name() =>
        (await Shake("127.0.0.2", "--ca-file", At("ca.crt"))).Errors.ShouldContain("is not for this name");

    [Test]
    public async Task Should_refuse_one_that_nobody_has_signed() =>
        (await Shake("127.0.0.1")).Errors.ShouldContain("or nobody signed it who is trusted. Correct the name, or give the authority");

    [Test]
    public async Task Should_say_that_a_file_holds_no_authority()
    {
        await File.WriteAllTextAsync(At("empty"), string.Empty);
        (await Run("127.0.0.1", "--ca-file", At("empty"))).Errors.ShouldContain("holds no certificate as PEM.");
        (await Run("127.0.0.1", "--ca-file", At("none"))).Errors.ShouldContain("The file of --ca-file cannot be read.");
    }

    // Who is let in says the protocol's name; who is not hangs up before.
    private async Task<Certified> Shake(string host, params string[] more)
    {
        var judging = Run(host, more);
        using var client = await listener.AcceptTcpClientAsync();
        using var certificate = X509Certificate2.CreateFromPemFile(At("server.crt"), At("server.key"));
        await using var secured = new SslStream(client.GetStream());
        var hello = new byte[4];
        try
        {
            await secured.AuthenticateAsServerAsync(certificate);
            await secured.ReadExactlyAsync(hello);
            hello.ShouldBe("AMQP"u8.ToArray());
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            hello.ShouldBe(new byte[4]);
        }

        client.Close();
        return await judging;
    }

    private Task<Certified> Run(string host, params string[] more)
    {
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        return Certifying.Run([
            "--queue",
            "notifications",
            "--contract",
            Certifying.Contract,
            "--broker",
            $"amqps://orchestrator:secret@{host}:{port}/x",
            .. more,
        ]);
    }

    private string At(string name) => Path.Combine(folder, name);
}
