using System.Diagnostics;

namespace SagaOrchestrator.Contracts.Tests;

/// <summary>A check that is written for Node.js, with what npm installs for it once, under <c>.local</c>.</summary>
/// <param name="folder">Its folder beside this file, with <c>check.cjs</c> and its packages.</param>
internal sealed class NodeTool(string folder)
{
    private readonly string here = Path.Combine(Clone.Root, "tests/Contracts", folder);
    private readonly string cache = Path.Combine(Clone.Root, ".local", folder.ToLowerInvariant());

    public async Task Install()
    {
        var locked = await File.ReadAllTextAsync(Path.Combine(here, "package-lock.json"));
        var mark = Path.Combine(cache, "installed.json");
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == locked)
        {
            return;
        }

        Directory.CreateDirectory(cache);
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(here, file), Path.Combine(cache, file), overwrite: true);
        }

        var (status, output) = await Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", cache]);
        status.ShouldBe(0, $"npm could not install what {folder} needs. It needs Node.js with npm, and npm's registry. {output}");
        await File.WriteAllTextAsync(mark, locked);
    }

    /// <summary>Runs the check on texts, which it finds in files.</summary>
    /// <returns>Its exit status, and what it printed.</returns>
    public async Task<(int Status, string Output)> Check(params string[] texts)
    {
        var files = texts.Select(_ => Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json")).ToArray();
        foreach (var (file, text) in files.Zip(texts))
        {
            await File.WriteAllTextAsync(file, text);
        }

        return await Start("node", [Path.Combine(here, "check.cjs"), cache, .. files]);
    }

    private static async Task<(int Status, string Output)> Start(string program, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await error).Trim());
    }
}
