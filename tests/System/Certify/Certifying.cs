using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using SagaOrchestrator.Certify;
using SagaOrchestrator.Certify.Trials;
using SagaOrchestrator.Tests.Servers;
using Spectre.Console;

namespace SagaOrchestrator.Tests.Certify;

/// <summary>What a run of the conformance suite came to.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it complained of.</param>
/// <param name="Failed">The rules that failed, with what was seen.</param>
/// <param name="NotTried">The rules that were not tried, with the reason.</param>
/// <param name="Held">The rules that held.</param>
internal sealed record Certified(
    int Status,
    string Output,
    string Errors,
    IReadOnlyDictionary<string, string> Failed,
    IReadOnlyDictionary<string, string> NotTried,
    IReadOnlyList<string> Held
);

/// <summary>Runs the suite as its program would.</summary>
internal static class Certifying
{
    public static string Contract { get; } = Path.Combine(TestServers.Root, "tests/Contracts/Approved/asyncapi.approved.json");

    public static string Broker(string virtualHost, string user = "orchestrator", string? password = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"amqp://{user}:{password ?? user + "-dev"}@127.0.0.1:{TestServers.RabbitMqPort}/{virtualHost}"
        );

    public static Task<Certified> Certify(this Sandbox sandbox, string queue, Controls? controls = null, params string[] more) =>
        Run(["--queue", queue, "--contract", Contract, "--broker", Broker(sandbox.Name), .. more], controls);

    public static async Task<Certified> Run(string[] arguments, Controls? controls = null)
    {
        var file = Path.GetTempFileName();
        var (output, errors) = (new StringWriter(), new StringWriter());
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        terminal.Profile.Width = 200;
        var status = await new CertifyCommand(terminal, errors, controls).Run([.. arguments, "--junit", file]);
        var cases = new FileInfo(file).Length > 0 ? XDocument.Load(file).Descendants("testcase").ToList() : [];
        return new Certified(
            status,
            output.ToString(),
            errors.ToString(),
            Of(cases, "failure"),
            Of(cases, "skipped"),
            [.. cases.Where(test => !test.HasElements).Select(test => (string)test.Attribute("name")!)]
        );
    }

    public static string ConsoleAddress => Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_CONSOLE")!;

    public static Task WaitForConsumer(this Sandbox sandbox, string queue) =>
        Eventually.True(
            async () =>
                (await sandbox.Console.GetFromJsonAsync<JsonElement>($"/api/consumers/{sandbox.Name}"))
                    .EnumerateArray()
                    .Any(consumer => consumer.GetProperty("queue").GetProperty("name").GetString() == queue),
            $"{queue} has a consumer"
        );

    private static Dictionary<string, string> Of(IEnumerable<XElement> cases, string what) =>
        cases
            .Where(test => test.Element(what) is not null)
            .ToDictionary(test => (string)test.Attribute("name")!, test => (string)test.Element(what)!.Attribute("message")!);
}
