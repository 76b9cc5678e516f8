using System.Diagnostics;
using System.Text.Json;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Typing;

/// <summary>A terminal with a home of its own, in which somebody types <c>sagas …</c>: each time a process of its own.</summary>
internal sealed class Terminal : IDisposable
{
    // As docs/cli.md has it.
    private const int Away = 3;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "SagaOrchestrator.Cli.dll");

    private readonly Dictionary<string, string?> environment;

    /// <param name="api">The system that is meant; null when none is named.</param>
    public Terminal(Uri? api)
    {
        Home = Directory.CreateTempSubdirectory("sagas-");
        environment = new Dictionary<string, string?>
        {
            ["XDG_CONFIG_HOME"] = Home.FullName,
            ["SAGAS_SERVER"] = api?.ToString(),
            ["SAGAS_PROFILE"] = null,
            ["SAGAS_API_KEY"] = null,
            ["SAGAS_TOKEN"] = null,
        };
    }

    public DirectoryInfo Home { get; }

    public string? this[string variable]
    {
        set => environment[variable] = value;
    }

    /// <summary>Types a command and waits until it has ended.</summary>
    public async Task<Said> Type(params string[] words)
    {
        using var typed = Start(words);
        return await typed.End();
    }

    /// <summary>
    /// The same for one that is to succeed; returns what it wrote. Where the API cannot work for a moment it has done nothing, and says
    /// when to ask again.
    /// </summary>
    public async Task<string> Do(params string[] words)
    {
        var said = await Eventually.Get(() => Type(words), said => said.Exit != Away, $"the API can do 'sagas {string.Join(' ', words)}'");
        said.Exit.ShouldBe(0, $"sagas {string.Join(' ', words)}: {said.Error}{said.Output}");
        return said.Output;
    }

    public async Task<JsonElement> Json(params string[] words) => JsonElement.Parse(await Do([.. words, "--json"]));

    /// <summary>
    /// Types a line of a page into a shell, with its quotes, variables and comments. Where it would ask, somebody agrees.
    /// </summary>
    public async Task<Said> Shell(string line)
    {
        var agrees = Acts(line) ? " --by ann --yes" : string.Empty;
        using var typed = Run("/bin/bash", "-c", $"sagas() {{ dotnet '{Program}' \"$@\"{agrees}; }}\n{line}");
        return await typed.End();
    }

    /// <summary>Whether a line does something, for which it gives a reason in quotes, rather than read.</summary>
    public static bool Acts(string line) => line.Contains("--reason \"", StringComparison.Ordinal);

    public Typed Start(params string[] words) => Run("dotnet", [Program, .. words]);

    private Typed Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        return new Typed(Process.Start(start)!);
    }

    public void Dispose() => Home.Delete(recursive: true);
}

/// <summary>What a command wrote, and how it ended.</summary>
internal sealed record Said(int Exit, string Output, string Error);

/// <summary>A command that runs.</summary>
internal sealed class Typed : IDisposable
{
    private const int Patience = 240;
    private readonly Process process;
    private readonly Lines output;
    private readonly Lines error;

    public Typed(Process process)
    {
        this.process = process;
        (output, error) = (new Lines(process.StandardOutput), new Lines(process.StandardError));
    }

    /// <summary>Types into it, and that there is no more.</summary>
    public async Task Give(string text)
    {
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
    }

    /// <summary>Whether it has written a line of which this is a part.</summary>
    public bool HasWritten(string part) => output.Find(part) is not null;

    /// <summary>Waits until it has written a line of which this is a part.</summary>
    public Task<string> Writes(string part) => output.With(part);

    /// <summary>The same of standard error.</summary>
    public Task<string> Complains(string part) => error.With(part);

    public async Task<Said> End()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Patience));
        await process.WaitForExitAsync(patience.Token);
        return new Said(process.ExitCode, await output.All(), await error.All());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private sealed class Lines
    {
        private readonly List<string> lines = [];
        private readonly Task reading;

        public Lines(StreamReader reader) => reading = Read(reader);

        public async Task<string> All()
        {
            await reading;
            return string.Concat(lines.Select(line => line + "\n"));
        }

        public Task<string> With(string part) =>
            Eventually.Get(() => Task.FromResult(Find(part)), line => line is not null, $"a line with '{part}' is written")!;

        public string? Find(string part)
        {
            lock (lines)
            {
                return lines.Find(line => line.Contains(part, StringComparison.Ordinal));
            }
        }

        private async Task Read(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (lines)
                {
                    lines.Add(line);
                }
            }
        }
    }
}
