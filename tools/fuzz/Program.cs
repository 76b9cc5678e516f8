using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Fuzz.Reporting;
using SagaOrchestrator.Fuzz.Running;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var requests = new Option<int>("--requests") { DefaultValueFactory = _ => 5000, Description = "How many hostile requests (5000)." };
var messages = new Option<int>("--messages") { DefaultValueFactory = _ => 5000, Description = "How many hostile messages (5000)." };
var seed = new Option<int>("--seed")
{
    DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000),
    Description = "What all are drawn from (random; printed).",
};
var rate = new Option<int>("--rate") { DefaultValueFactory = _ => 100, Description = "How many of each a second (100)." };
var honest = new Option<double>("--honest") { DefaultValueFactory = _ => 5, Description = "How many honest orders a second (5)." };
var calm = new Option<int>("--calm") { DefaultValueFactory = _ => 30, Description = "Seconds with honest orders only, before (30)." };
var warmUp = new Option<int>("--warm-up")
{
    DefaultValueFactory = _ => 20,
    Description = "Seconds with honest orders before the calm, not measured (20).",
};
var showLatency = new Option<bool>("--show-latency") { Description = "Shows the latency of honest orders and does not judge it." };
var only = new Option<string?>("--only") { Description = "Sends this one again and shows what comes back: request:17 or message:17." };
var api = new Option<string>("--api") { Required = true, Description = "The orchestrator's API." };
var amqp = new Option<int>("--amqp-port") { Required = true, Description = "RabbitMQ's port." };
var console = new Option<string>("--console") { Required = true, Description = "RabbitMQ's console, with user and password." };
var processes = new Option<string[]>("--process")
{
    Description = "NAME=PID of a service whose memory is watched.",
    AllowMultipleArgumentsPerToken = true,
};
var failures = new Option<string>("--failures") { Required = true, Description = "The folder for what fails, one file each." };
var root = new RootCommand(
    "Throws seeded hostile requests and messages at a running system while honest orders go through it, and judges both."
)
{
    requests,
    messages,
    seed,
    rate,
    honest,
    warmUp,
    calm,
    showLatency,
    only,
    api,
    amqp,
    console,
    processes,
    failures,
};
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        var options = new FuzzOptions
        {
            Requests = parsed.GetValue(requests),
            Messages = parsed.GetValue(messages),
            Seed = parsed.GetValue(seed),
            Rate = parsed.GetValue(rate),
            Honest = parsed.GetValue(honest),
            JudgesLatency = !parsed.GetValue(showLatency),
            WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
            Calm = TimeSpan.FromSeconds(parsed.GetValue(calm)),
            Api = new Uri(parsed.GetRequiredValue(api)),
            AmqpPort = parsed.GetValue(amqp),
            Console = new Uri(parsed.GetRequiredValue(console)),
            Failures = parsed.GetRequiredValue(failures),
            Processes = (parsed.GetValue(processes) ?? [])
                .Select(entry => entry.Split('='))
                .ToDictionary(entry => entry[0], entry => int.Parse(entry[1], CultureInfo.InvariantCulture)),
        };
        if (parsed.GetValue(only) is { } one)
        {
            return await OneCase.Run(options, one, cancellationToken);
        }

        var verdict = await FuzzRun.Run(options, cancellationToken);
        Table.Show(options, verdict);
        return verdict.All(line => line.Holds) ? 0 : 1;
    }
);
return await root.Parse(args).InvokeAsync();
