using System.Diagnostics;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Runner;

/// <summary>The embedded mode as a person runs it: a process without any server.</summary>
public sealed class When_it_runs_embedded
{
    private string orders = null!;
    private string stock = null!;

    [SetUp]
    public void Create()
    {
        orders = Path.GetTempFileName();
        stock = Path.GetTempFileName();
        File.WriteAllLines(stock, ["""{"productId": "p1", "name": "Tea", "available": 500}"""]);
    }

    [TearDown]
    public void Delete()
    {
        File.Delete(orders);
        File.Delete(stock);
    }

    [Test]
    public async Task Should_warn_run_the_orders_and_find_the_end_sound()
    {
        File.WriteAllLines(
            orders,
            [
                Order.Of().ToJsonString(),
                Order.Of(token: "tok_flaky").ToJsonString(),
                Order.Of(street: null).ToJsonString(),
                Order.Of(product: "none").ToJsonString(),
                Order.Of(quantity: 121, unitPrice: 1).ToJsonString(),
            ]
        );
        var (status, output) = await Run();
        status.ShouldBe(0, output);
        output.ShouldContain("Nothing survives this process");
        output.ShouldContain("5 orders: 2 completed, 3 failed, 4 steps undone.");
        output.ShouldNotContain("FAIL", Case.Sensitive);
    }

    [Test]
    public async Task Should_exit_with_1_and_name_the_line_that_it_could_not_use()
    {
        File.WriteAllLines(orders, [Order.Of().ToJsonString(), "{ broken"]);
        var (status, output) = await Run();
        status.ShouldBe(1);
        output.ShouldContain($"{orders}:2: This is not valid JSON");
        output.ShouldContain("1 orders: 1 completed");
    }

    private async Task<(int Status, string Output)> Run()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(TestServers.Root, "tools/runner/bin", configuration, "net10.0/SagaOrchestrator.Runner.dll"),
                "embedded",
                "--once",
                "--orders",
                orders,
                "--stock",
                stock,
                "--url",
                $"http://127.0.0.1:{FreePort.Find()}",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, (await output + await errors).ReplaceLineEndings(" "));
    }
}
