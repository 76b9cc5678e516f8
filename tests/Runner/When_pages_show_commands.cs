using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>What README, docs and samples have their reader type of infra is what infra takes. Nothing is started.</summary>
public sealed partial class When_pages_show_commands
{
    private static readonly string Root = FindRoot();

    private static IEnumerable<TestCaseData> All() => Typed().Select(typed => new TestCaseData(typed.Page, typed.Command));

    private static IEnumerable<TestCaseData> OfTheRun() => Of("infra/run");

    private static IEnumerable<TestCaseData> OfCertify() => Of("infra/certify");

    private static IEnumerable<TestCaseData> Of(string script) =>
        Typed().Where(typed => typed.Command.Split(' ')[0] == script).Select(typed => new TestCaseData(typed.Page, typed.Command));

    [Test]
    public void Should_find_those_of_the_samples() =>
        Typed()
            .Where(typed => typed.Page == "samples/README.md")
            .Select(typed => typed.Command.Split(' ')[0])
            .ShouldBe(["infra/run", "infra/run", "infra/certify", "infra/certify", "infra/certify"]);

    [TestCaseSource(nameof(All))]
    public void Should_name_what_is_there(string page, string command)
    {
        foreach (var name in Files().Matches(command).Select(match => match.Value))
        {
            File.Exists(Path.Combine(Root, name)).ShouldBeTrue($"{page}: {name}");
        }
    }

    // What comes before --help is taken first. An option without its value takes one of the two for it.
    [TestCaseSource(nameof(OfTheRun))]
    public async Task Should_be_taken_by_the_run(string page, string command)
    {
        var (status, said) = await Type("bash", "-c", command + " --help --help");
        status.ShouldBe(0, $"{page}: {said}");
    }

    // Options are read before the contract is.
    [TestCaseSource(nameof(OfCertify))]
    public async Task Should_be_taken_by_certify(string page, string command)
    {
        var certify = command.Replace("infra/certify", "dotnet " + Path.Combine(AppContext.BaseDirectory, "SagaOrchestrator.Certify.dll"));
        var (status, said) = await Type("bash", "-c", certify + " --contract nowhere.json");
        status.ShouldBe(2);
        said.ShouldContain("nowhere.json", customMessage: page);
    }

    private static IEnumerable<(string Page, string Command)> Typed() =>
        from page in new[] { "README.md", "CONTRIBUTING.md" }
            .Select(name => Path.Combine(Root, name))
            .Concat(Pages("docs"))
            .Concat(Pages("samples"))
        from block in Blocks().Matches(File.ReadAllText(page)).Select(match => match.Groups["text"].Value)
        from command in Commands().Matches(block.Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => match.Value.Trim())
        select (Path.GetRelativePath(Root, page), command);

    private static IEnumerable<string> Pages(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static async Task<(int Status, string Said)> Type(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var complained = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await complained);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SagaOrchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("^```sh\n(?<text>.*?)^```$", Options | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();

    // Until the command ends: at a comment, a bracket, a pipe, a variable.
    [GeneratedRegex("(?<![\\w./-])infra/[a-z]+(?![\\w/.])[^\\n#|;&()$\"]*", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();

    [GeneratedRegex("(?<![\\w./-])(infra|samples|docs)/[\\w./-]+", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Files();

    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;
}
