using System.Diagnostics;
using System.Security.Cryptography;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Description;

/// <summary>A linter that others use has nothing to say. Its version, and those of all that it brings along, are in the lock file.</summary>
public sealed class When_the_description_is_linted
{
    private static readonly string Sources = Path.Combine(TestServers.Root, "tests/System/Description/Lint");

    [Test]
    public async Task Should_find_nothing()
    {
        var folder = await Install();
        var document = Path.Combine(TestContext.CurrentContext.WorkDirectory, "openapi.json");
        await File.WriteAllTextAsync(document, await (await SharedSystem.Get()).Api.GetStringAsync("/openapi/v1.json"));
        var linter = Path.Combine(folder, "node_modules/.bin/spectral");
        var (status, said) = await Run(
            Sources,
            linter,
            "lint",
            document,
            "--ruleset",
            Path.Combine(Sources, "ruleset.yaml"),
            "--fail-severity",
            "hint",
            "--quiet"
        );
        status.ShouldBe(0, said);
    }

    // Once for each lock file: what is there is not asked for again.
    private static async Task<string> Install()
    {
        var wanted = await File.ReadAllBytesAsync(Path.Combine(Sources, "package-lock.json"));
        var folder = Path.Combine(TestServers.Root, ".local/lint", Convert.ToHexStringLower(SHA256.HashData(wanted))[..12]);
        if (File.Exists(Path.Combine(folder, "installed")))
        {
            return folder;
        }

        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(Sources, file), Path.Combine(folder, file), overwrite: true);
        }

        var (status, said) = await Run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        status.ShouldBe(0, said);
        await File.WriteAllTextAsync(Path.Combine(folder, "installed"), string.Empty);
        return folder;
    }

    private static async Task<(int Status, string Said)> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
