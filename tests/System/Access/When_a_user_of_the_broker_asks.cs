using System.Runtime.CompilerServices;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>Each user tries everything on each queue and exchange, as somebody with his password would.</summary>
public sealed class When_a_user_of_the_broker_asks
{
    private static readonly string[] Users = ["orchestrator", "inventory", "payments", "client"];

    private static readonly string[] Queues =
    [
        "orchestrator",
        "orchestrator.dead-letter",
        "orchestrator.dead-letter.incoming",
        "orchestrator.dead-letter-index",
        "inventory",
        "inventory.dead-letter",
        "inventory.dead-letter.incoming",
        "payments",
        "unrouted",
    ];

    private static readonly string[] Exchanges =
    [
        "orchestrator",
        "orchestrator.dead-letter",
        "inventory",
        "inventory.dead-letter",
        "payments",
        "unrouted",
        "SagaOrchestrator.Messages:SagaCompleted",
    ];

    private Sandbox sandbox = null!;

    [OneTimeSetUp]
    public async Task Begin() => sandbox = await Sandbox.Create();

    [OneTimeTearDown]
    public async Task End() => await sandbox.DisposeAsync();

    [Test]
    public async Task Should_be_let_in_only_where_the_table_says()
    {
        var table = new StringBuilder();
        foreach (var user in Users)
        {
            await using var connection = await sandbox.Connect(user);
            table.Append(user).Append('\n');
            foreach (var (what, act) in Acts(user))
            {
                var names = new List<string>();
                foreach (var name in what.StartsWith("exchange", StringComparison.Ordinal) ? Exchanges : Queues)
                {
                    if (await IsAllowed(connection, channel => act(channel, name)))
                    {
                        names.Add(name);
                    }
                }

                table.Append($"  {what}: {(names.Count == 0 ? "nothing" : string.Join(", ", names))}\n");
            }
        }

        var approved = Path.Combine(Source(), "broker.approved.txt");
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "broker.received.txt"), table.ToString());
        table
            .ToString()
            .ShouldBe(File.Exists(approved) ? await File.ReadAllTextAsync(approved) : string.Empty, "who may do what has changed");
    }

    [Test]
    public async Task Should_have_queues_of_its_own_as_a_client_and_hear_of_ends()
    {
        await using var connection = await sandbox.Connect("client");
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("client.mine", durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync("client.mine", "SagaOrchestrator.Messages:SagaEvent", string.Empty);
        await channel.QueuePurgeAsync("client.mine");
        await channel.QueueDeleteAsync("client.mine");
    }

    [Test]
    public async Task Should_not_send_in_anothers_name()
    {
        foreach (var user in Users)
        {
            await using var connection = await sandbox.Connect(user);
            var asAnother = new BasicProperties { UserId = "notifications" };
            (await IsAllowed(connection, channel => Publish(channel, "orchestrator", asAnother))).ShouldBeFalse(
                $"{user} sent in another's name"
            );
        }
    }

    // Those that change something if they are allowed come last.
    private static IEnumerable<(string What, Func<IChannel, string, Task> Act)> Acts(string user) =>
        [
            ("queue declared anew", (channel, name) => channel.QueueDeclareAsync(name, true, false, false, Quorum)),
            ("queue bound to another exchange", (channel, name) => channel.QueueBindAsync(name, "amq.fanout", string.Empty)),
            ("queue read", (channel, name) => channel.BasicGetAsync(name, autoAck: false)),
            ("queue purged", (channel, name) => channel.QueuePurgeAsync(name)),
            ("exchange declared anew", (channel, name) => channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true)),
            ("exchange sent to", (channel, name) => Publish(channel, name, new BasicProperties { UserId = user })),
            ("exchange deleted", (channel, name) => channel.ExchangeDeleteAsync(name)),
            ("queue deleted", (channel, name) => channel.QueueDeleteAsync(name)),
        ];

    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    private static async Task Publish(IChannel channel, string exchange, BasicProperties properties)
    {
        await channel.BasicPublishAsync(exchange, string.Empty, mandatory: false, properties, "{}"u8.ToArray());
        // A refusal comes later, and closes the channel.
        await channel.QueueDeclarePassiveAsync("orchestrator");
    }

    private static async Task<bool> IsAllowed(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await act(channel);
            return true;
        }
        catch (RabbitMQClientException exception)
        {
            var reason = (exception as OperationInterruptedException)?.ShutdownReason ?? channel.CloseReason;
            reason.ShouldNotBeNull(exception.Message);
            ((int)reason.ReplyCode).ShouldBeOneOf(Constants.AccessRefused, Constants.PreconditionFailed);
            return false;
        }
    }

    private static string Source([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
