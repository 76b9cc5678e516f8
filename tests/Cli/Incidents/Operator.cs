using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Tests.Incidents;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Cli.Tests.Incidents;

/// <summary>Somebody who has a terminal and nothing else. He types what docs/operating.md says, and what he sees is printed.</summary>
internal sealed class Operator(string title, Uri api) : IDisposable
{
    private readonly Incident incident = Incident.Of(title);
    private readonly Terminal terminal = new(api);
    private readonly long since = Stopwatch.GetTimestamp();
    private int typed;

    /// <summary>What the page's variable holds from now on.</summary>
    public string Id
    {
        set => terminal["ID"] = value;
    }

    /// <summary>From now on he means a system that was started anew.</summary>
    public void Reconnect(Uri to) => terminal["SAGAS_SERVER"] = to.ToString();

    /// <summary>Types the next command once.</summary>
    public async Task<string> Type()
    {
        var line = incident.Terminal[typed++];
        var said = await terminal.Shell(line);
        Print(line, said);
        said.Exit.ShouldBe(0, $"{line}: {said.Error}{said.Output}");
        return said.Output;
    }

    /// <summary>Types the next command, which only reads, until it shows all of this.</summary>
    public Task<string> See(params string[] parts) =>
        Look(shown => parts.All(part => shown.Contains(part, StringComparison.Ordinal)), $"shows {string.Join(", ", parts)}");

    /// <summary>Types the next command, which only reads, until it does not show this any more.</summary>
    public Task<string> SeeNoMore(string part) => Look(shown => !shown.Contains(part, StringComparison.Ordinal), $"does not show {part}");

    /// <summary>That nothing on the page was left out, and that it is three commands at most.</summary>
    public void IsThrough()
    {
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {typed} commands, {seconds:0.0} s"));
        typed.ShouldBe(incident.Terminal.Count);
        typed.ShouldBeInRange(1, 3);
    }

    public void Dispose() => terminal.Dispose();

    private async Task<string> Look(Func<string, bool> isEnough, string what)
    {
        var line = incident.Terminal[typed++];
        Terminal.Acts(line).ShouldBeFalse(line);
        var said = await Eventually.Get(() => terminal.Shell(line), said => isEnough(said.Output), $"{line} {what}");
        Print(line, said);
        return said.Output;
    }

    private static void Print(string line, Said said) => TestContext.Out.WriteLine($"$ {line}\n{said.Output}{said.Error}");
}
