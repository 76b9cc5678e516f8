using System.Diagnostics;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>The samples in other languages, which commands of the shell kill, stop and start.</summary>
public sealed class When_the_samples_are_certified
{
    private string folder = null!;
    private Sandbox sandbox = null!;

    [OneTimeSetUp]
    public static Task Install() => NodePackages.Install();

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("certify").FullName;
        sandbox = await Sandbox.Create();
    }

    [TearDown]
    public async Task Stop()
    {
        await Shell("[ ! -f pid ] || kill -9 \"$(cat pid)\" 2>/dev/null || true");
        await sandbox.DisposeAsync();
    }

    [TestCase("payments", "node", "node-payments/main.js", "envelope")]
    [TestCase("payments", "node", "node-payments/main.js", "json")]
    [TestCase("payments", "node", "node-payments/main.js", "cloudevents-binary")]
    [TestCase("shipping", "/usr/bin/python3", "python-shipping/main.py", "envelope")]
    [TestCase("shipping", "/usr/bin/python3", "python-shipping/main.py", "cloudevents")]
    [TestCase("shipping", "/usr/bin/python3", "python-shipping/main.py", "json")]
    public async Task Should_keep_the_contract(string queue, string program, string file, string format)
    {
        var (begin, end) = await Commands(program, file);
        await Shell(begin);
        await sandbox.WaitForConsumer(queue);
        var certified = await sandbox.Certify(
            queue,
            controls: null,
            "--cases",
            Path.Combine(TestServers.Root, "samples", Path.GetDirectoryName(file)!, "certify.json"),
            "--format",
            format,
            "--patience",
            "30",
            "--console",
            Certifying.ConsoleAddress,
            "--restart",
            $"cd {folder} && kill -9 \"$(cat pid)\"; {begin}",
            "--stop",
            $"cd {folder} && {end}",
            "--start",
            $"cd {folder} && {begin}"
        );
        TestContext.Out.WriteLine(certified.Output);
        certified.Errors.ShouldBeEmpty();
        certified.Failed.ShouldBeEmpty(certified.Output);
        certified.Status.ShouldBe(0);
        new[] { "crash", "graceful-end", "prefetch", "malformed", "no-good-letters" }.ShouldBeSubsetOf(certified.Held);
    }

    // A script of the team's own: settings in the environment, its process by a file.
    private async Task<(string Begin, string End)> Commands(string program, string file)
    {
        var postgres = new Npgsql.NpgsqlConnectionStringBuilder(TestServers.Postgres);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "begin"),
            $"""
            export PGPORT={postgres.Port} PGDATABASE={sandbox.Name} MIGRATOR_PASSWORD={postgres.Password}
            export RABBITMQ_PORT={TestServers.RabbitMqPort} RABBITMQ_VHOST={sandbox.Name}
            setsid nohup {program} {Path.Combine(TestServers.Root, "samples", file)} </dev/null >>{folder}/log 2>&1 &
            echo $! >pid
            """
        );
        return ("sh begin", "kill -TERM \"$(cat pid)\" && while [ -e \"/proc/$(cat pid)/exe\" ]; do sleep 0.1; done");
    }

    private async Task Shell(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder, UseShellExecute = false }
        )!;
        await shell.WaitForExitAsync();
    }
}
