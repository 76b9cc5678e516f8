using System.Diagnostics;

namespace SagaOrchestrator.Tests.Servers;

/// <summary>What the samples in Node.js need of npm, installed once for all tests.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task> Installed = new(Run);

    public static Task Install() => Installed.Value;

    private static async Task Run()
    {
        using var npm = Process.Start(
            new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = Path.Combine(TestServers.Root, "samples/node-payments"),
                UseShellExecute = false,
            }
        )!;
        await npm.WaitForExitAsync();
        npm.ExitCode.ShouldBe(0, "npm could not install amqplib and pg. It needs Node.js with npm, and npm's registry.");
    }
}
