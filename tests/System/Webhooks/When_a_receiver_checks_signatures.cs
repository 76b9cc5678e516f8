using System.Diagnostics;
using System.Text.RegularExpressions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Webhooks;

/// <summary>What docs/api.md tells receivers to do, in each of its languages, with deliveries that were sent.</summary>
public sealed partial class When_a_receiver_checks_signatures
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestServers.Root, "docs/api.md"));

    private RunningSystem system = null!;
    private Receiver receiver = null!;
    private Received delivery = null!;
    private string[] secrets = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        system = await RunningSystem.Start(settings => settings.Webhooks());
        receiver = await Receiver.Start();
        var (id, first) = await system.Api.Hook(receiver.Url);
        var (_, rotated) = await system.Api.Change($"{WebhookClient.Path}/{id}/rotate-secret");
        secrets = [rotated.GetProperty("secret").GetString()!, first];
        await system.Api.Change($"{WebhookClient.Path}/{id}/test");
        delivery = (await receiver.WaitFor(1))[0];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await receiver.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public Task Should_take_what_is_signed_with_either_secret_and_nothing_else_in_csharp()
    {
        var source = File.ReadAllText(Path.Combine(TestServers.Root, "tests/System/Webhooks/Genuine.cs"));
        foreach (var line in Code("csharp").Split('\n').Where(line => line.Length > 0))
        {
            source.ShouldContain(line.Trim(), Case.Sensitive);
        }

        return ShouldJudge(
            (secret, timestamp, body) =>
                Task.FromResult(Genuine.IsGenuine(secret, delivery.Id, timestamp, delivery.Headers["webhook-signature"], body))
        );
    }

    [Test]
    public Task Should_do_so_in_javascript() =>
        ShouldJudge(
            (secret, timestamp, body) =>
                Run(
                    "node",
                    "cjs",
                    Code("js")
                        + "\nconst [secret, id, timestamp, signatures, body] = process.argv.slice(2);"
                        + "\nconsole.log(isGenuine(secret, id, timestamp, signatures, Buffer.from(body, 'base64')));",
                    secret,
                    timestamp,
                    body
                )
        );

    [Test]
    public Task Should_do_so_in_python() =>
        ShouldJudge(
            (secret, timestamp, body) =>
                Run(
                    "python3",
                    "py",
                    Code("python")
                        + "\nimport sys"
                        + "\nsecret, id, timestamp, signatures, body = sys.argv[1:]"
                        + "\nprint(is_genuine(secret, id, timestamp, signatures, base64.b64decode(body)))",
                    secret,
                    timestamp,
                    body
                )
        );

    private async Task ShouldJudge(Func<string, string, byte[], Task<bool>> isGenuine)
    {
        var timestamp = delivery.Headers["webhook-timestamp"];
        (await isGenuine(secrets[0], timestamp, delivery.Body)).ShouldBeTrue("it is signed with the new secret");
        (await isGenuine(secrets[1], timestamp, delivery.Body)).ShouldBeTrue("it is signed with the old secret");
        var other = "whsec_" + Convert.ToBase64String(new byte[32]);
        (await isGenuine(other, timestamp, delivery.Body)).ShouldBeFalse("it is not signed with another secret");
        (await isGenuine(secrets[0], timestamp, [.. delivery.Body, 32])).ShouldBeFalse("the body is another");
        (await isGenuine(secrets[0], "1614265330", delivery.Body)).ShouldBeFalse("it is too old");
    }

    private async Task<bool> Run(string program, string extension, string code, string secret, string timestamp, byte[] body)
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), extension);
        await File.WriteAllTextAsync(file, code);
        string[] arguments = [file, secret, delivery.Id, timestamp, delivery.Headers["webhook-signature"], Convert.ToBase64String(body)];
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync();
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, complaint);
        return bool.Parse(said.Trim());
    }

    private static string Code(string language) =>
        Blocks()
            .Matches(Page)
            .Where(block => block.Groups["language"].Value == language)
            .Select(block => block.Groups["code"].Value)
            .Single(code =>
                code.Replace("_", string.Empty, StringComparison.Ordinal).Contains("isGenuine", StringComparison.OrdinalIgnoreCase)
            );

    [GeneratedRegex("```(?<language>csharp|js|python)\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();
}
