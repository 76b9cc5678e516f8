using System.Diagnostics;

namespace SagaOrchestrator.Packages.Tests.Outside;

/// <summary>A program that the team has built, as a process.</summary>
internal sealed class TeamProgram(string folder, string name, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    private readonly List<string> lines = [];
    private Process? process;

    /// <summary>What it said last.</summary>
    public string Tail
    {
        get
        {
            lock (lines)
            {
                return string.Join(Environment.NewLine, lines.TakeLast(20));
            }
        }
    }

    /// <summary>Runs it with arguments to its end.</summary>
    public Task<string> Ask(params string[] arguments) => Shell.Run(folder, "dotnet", [Assembly, .. arguments]);

    public void Start()
    {
        process = Shell.Start(folder, "dotnet", [Assembly], settings);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As <c>kill -9</c> does, and starts it again.</summary>
    public void KillAndStart()
    {
        process!.HasExited.ShouldBeFalse($"{name} ended by itself: {Tail}");
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Start();
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
        }

        process?.Dispose();
    }

    private string Assembly => Path.Combine(folder, "bin", "Release", "net10.0", name + ".dll");

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (lines)
        {
            lines.Add(line.Data ?? string.Empty);
        }
    }
}
