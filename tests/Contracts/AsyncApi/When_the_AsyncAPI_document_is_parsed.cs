using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SagaOrchestrator.Contracts.Tests.AsyncApi;

/// <summary>What the parser of AsyncAPI's makers says of the document. npm installs it once, under <c>.local</c>.</summary>
public sealed class When_the_AsyncAPI_document_is_parsed
{
    private static readonly string Here = Path.Combine(Clone.Root, "tests/Contracts/AsyncApi");
    private static readonly string Cache = Path.Combine(Clone.Root, ".local/asyncapi");

    [OneTimeSetUp]
    public static async Task Install()
    {
        var locked = await File.ReadAllTextAsync(Path.Combine(Here, "package-lock.json"));
        var mark = Path.Combine(Cache, "installed.json");
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == locked)
        {
            return;
        }

        Directory.CreateDirectory(Cache);
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(Here, file), Path.Combine(Cache, file), overwrite: true);
        }

        var (status, output) = await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", Cache]);
        status.ShouldBe(0, $"npm could not install @asyncapi/parser. It needs Node.js with npm, and npm's registry. {output}");
        await File.WriteAllTextAsync(mark, locked);
    }

    [Test]
    public async Task Should_find_nothing_wrong() =>
        (await Parse(OrderContract.Write(ContractFormat.AsyncApi))).ShouldBe((0, string.Empty));

    // The parser is the real one, and looks.
    [Test]
    public async Task Should_find_what_is_wrong_with_a_binding()
    {
        var document = OrderContract.Json(ContractFormat.AsyncApi);
        document["channels"]!["queue.payments"]!["bindings"]!["amqp"]!["is"] = "both";
        var (status, output) = await Parse(document.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain("channels.queue.payments.bindings.amqp.is");
    }

    [Test]
    public async Task Should_find_a_reference_to_nothing()
    {
        var document = OrderContract.Json(ContractFormat.AsyncApi);
        document["operations"]!["send.payments"]!["channel"]!["$ref"] = "#/channels/exchange.nobody";
        var (status, output) = await Parse(document.ToJsonString());
        status.ShouldBe(1);
        output.ShouldContain("exchange.nobody");
    }

    private static async Task<(int Status, string Output)> Parse(string document)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"asyncapi-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, document);
        return await Run("node", [Path.Combine(Here, "check.cjs"), Cache, file]);
    }

    private static async Task<(int Status, string Output)> Run(string program, string[] arguments)
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
