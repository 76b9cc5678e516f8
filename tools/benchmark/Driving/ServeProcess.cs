using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>One process of a system.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private const string HeapAnswer = ServeCommand.HeapQuestion + " ";
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly string name;
    private readonly string log;
    private volatile TaskCompletionSource<long>? heap;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamWriter output;

    private ServeProcess(string name, string log, ProcessStartInfo start)
    {
        this.name = name;
        this.log = log;
        output = new StreamWriter(log) { AutoFlush = true };
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new BenchmarkFailure($"{name} ended before it was told to. See {log}"));
    }

    public int Id => process.Id;

    /// <param name="what">What to serve: the arguments of <c>serve</c>.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="log">The file for its output.</param>
    public static ServeProcess Start(
        IReadOnlyList<string> what,
        string name,
        IEnumerable<KeyValuePair<string, string>> settings,
        string log
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments = [typeof(ServeProcess).Assembly.Location, "serve", .. what, "--until-input-ends"];
        // An executable of its own needs not be told which assembly it is.
        foreach (var argument in arguments.Skip(Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? 0 : 1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings.Concat(RuntimeSettings.All))
        {
            start.Environment[key] = value;
        }

        var serve = new ServeProcess(name, log, start);
        serve.process.Start();
        serve.process.BeginOutputReadLine();
        serve.process.BeginErrorReadLine();
        return serve;
    }

    public async Task Ready(CancellationToken cancellationToken)
    {
        try
        {
            await ready.Task.WaitAsync(Served.Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkFailure($"{name} was not ready within {Served.Patience.TotalSeconds:0} seconds. See {log}");
        }
    }

    /// <summary>The bytes of its managed heap after the last collection.</summary>
    public async Task<long> Heap(CancellationToken cancellationToken)
    {
        var answer = heap = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Tell(ServeCommand.HeapQuestion, cancellationToken);
        return await answer.Task.WaitAsync(Served.Patience, cancellationToken);
    }

    /// <summary>Tells it something that <c>serve</c> understands.</summary>
    public async Task Tell(string line, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>Asks it to end, and waits.</summary>
    public async Task Stop()
    {
        if (process.HasExited)
        {
            throw new BenchmarkFailure($"{name} ended before it was told to. See {log}");
        }

        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeToEnd);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new BenchmarkFailure($"{name} did not end within {TimeToEnd.TotalSeconds:0} seconds. See {log}");
        }

        if (process.ExitCode != 0)
        {
            throw new BenchmarkFailure($"{name} ended with status {process.ExitCode}. See {log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await output.DisposeAsync();
    }

    private void Read(string? line)
    {
        if (line == "ready")
        {
            ready.TrySetResult();
        }
        else if (line?.StartsWith(HeapAnswer, StringComparison.Ordinal) is true)
        {
            heap?.TrySetResult(long.Parse(line.AsSpan(HeapAnswer.Length), CultureInfo.InvariantCulture));
        }
        else if (line is not null)
        {
            lock (output)
            {
                output.WriteLine(line);
            }
        }
    }
}
