using System.Diagnostics;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>A service as a process of its own, which a test may kill.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process process;
    private readonly StreamWriter output;

    private ServiceProcess(Process process, StreamWriter output)
    {
        this.process = process;
        this.output = output;
    }

    public static ServiceProcess Orchestrator(Sandbox sandbox, int port, string log, params (string Key, string Value)[] more) =>
        Orchestrator(sandbox, port, log, [], more);

    /// <summary>The orchestrator's program with arguments.</summary>
    public static ServiceProcess Orchestrator(
        Sandbox sandbox,
        int port,
        string log,
        string[] arguments,
        params (string Key, string Value)[] more
    ) =>
        Start(
            "src/Orchestrator/Server",
            "SagaOrchestrator.Server.dll",
            sandbox,
            log,
            [
                ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
                ("RabbitMq__Username", "orchestrator"),
                ("RabbitMq__Password", "orchestrator-dev"),
                ("Sensitive__KeyFile", TestServers.KeyFile),
                .. more,
            ],
            arguments
        );

    public static ServiceProcess Participants(Sandbox sandbox, string log, params (string Key, string Value)[] more) =>
        Participants(sandbox, log, [], more);

    /// <summary>The participants' program with arguments.</summary>
    public static ServiceProcess Participants(Sandbox sandbox, string log, string[] arguments, params (string Key, string Value)[] more) =>
        Start("src/Participants/Services", "SagaOrchestrator.Participants.Services.dll", sandbox, log, more, arguments);

    /// <summary>The services of samples/choreography.</summary>
    public static ServiceProcess Choreography(Sandbox sandbox, string log, string[] arguments, params (string Key, string Value)[] more) =>
        Start("samples/choreography", "SagaOrchestrator.Choreography.dll", sandbox, log, more, arguments);

    /// <summary>A sample in another language.</summary>
    /// <param name="sandbox">Where it runs.</param>
    /// <param name="log">Takes what it prints.</param>
    /// <param name="program">What runs it.</param>
    /// <param name="file">Its file, under <c>samples</c>.</param>
    /// <param name="arguments">What it is given.</param>
    public static ServiceProcess Sample(Sandbox sandbox, string log, string program, string file, params string[] arguments)
    {
        var postgres = new Npgsql.NpgsqlConnectionStringBuilder(TestServers.Postgres);
        return Start(
            new ProcessStartInfo(program, [Path.Combine(TestServers.Root, "samples", file), .. arguments]),
            log,
            [
                ("PGPORT", postgres.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("PGDATABASE", sandbox.Name),
                ("MIGRATOR_PASSWORD", postgres.Password!),
                ("RABBITMQ_PORT", TestServers.RabbitMqPort.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("RABBITMQ_VHOST", sandbox.Name),
            ]
        );
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM: it is asked to end.</summary>
    /// <returns>Its exit status.</returns>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await Exited();
        return ExitStatus;
    }

    /// <summary>Of one that has ended.</summary>
    public int ExitStatus => process.ExitCode;

    /// <summary>Waits until it has ended by itself.</summary>
    public Task Exited() => Eventually.True(() => Task.FromResult(process.HasExited), "the process has ended");

    /// <summary>Waits until it has ended by itself, and all that it printed is in the log.</summary>
    /// <returns>Its exit status.</returns>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return ExitStatus;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
        output.Dispose();
    }

    private static ServiceProcess Start(
        string project,
        string dll,
        Sandbox sandbox,
        string log,
        (string Key, string Value)[] more,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Program(project, dll), .. arguments]);
        foreach (var (key, value) in sandbox.Settings())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment.Remove("Serilog__MinimumLevel__Default");
        return Start(start, log, more);
    }

    /// <summary>As infra/test has published it, else as it was built.</summary>
    private static string Program(string project, string dll)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Environment.GetEnvironmentVariable("SAGA_TEST_PROGRAMS") is { } published
            ? Path.Combine(published, project, dll)
            : Path.Combine(TestServers.Root, project, "bin", configuration, "net10.0", dll);
    }

    private static ServiceProcess Start(ProcessStartInfo start, string log, (string Key, string Value)[] more)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        foreach (var (key, value) in more)
        {
            start.Environment[key] = value;
        }

        var writer = new StreamWriter(log, append: true) { AutoFlush = true };
        var started = new Process { StartInfo = start };
        started.OutputDataReceived += (_, line) => Write(writer, line.Data);
        started.ErrorDataReceived += (_, line) => Write(writer, line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return new ServiceProcess(started, writer);
    }

    private static void Write(StreamWriter writer, string? line)
    {
        lock (writer)
        {
            if (line is not null && writer.BaseStream is { CanWrite: true })
            {
                writer.WriteLine(line);
            }
        }
    }
}
