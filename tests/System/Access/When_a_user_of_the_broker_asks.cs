using System.Runtime.CompilerServices;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>Each user tries everything on each queue and exchange, as somebody with his password would.</summary>
public sealed class When_a_user_of_the_broker_asks
{
    private static readonly string[] Users = ["orchestrator", "inventory", "payments", "client", "listener"];

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
        "to.orchestrator",
        "to.orchestrator.dead-letter",
        "to.inventory",
        "to.inventory.dead-letter",
        "to.payments",
        "to.unrouted",
        "SagaOrchestrator.Messages:SagaCompleted",
        "SagaOrchestrator.Messages:SagaEvent",
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

    // Who may write to the one and read the other may bind them, and what the source gets comes to the target in its sender's name.
    [Test]
    public async Task Should_bind_no_queue_and_no_exchange_to_another_exchange()
    {
        var bound = new List<string>();
        foreach (var user in Users)
        {
            await using var connection = await sandbox.Connect(user);
            foreach (var source in Exchanges)
            {
                foreach (var queue in Queues)
                {
                    if (await IsAllowed(connection, channel => channel.QueueBindAsync(queue, source, string.Empty)))
                    {
                        bound.Add($"{user} bound the queue {queue} to {source}");
                    }
                }

                foreach (var exchange in Exchanges.Where(exchange => exchange != source))
                {
                    if (await IsAllowed(connection, channel => channel.ExchangeBindAsync(exchange, source, string.Empty)))
                    {
                        bound.Add($"{user} bound the exchange {exchange} to {source}");
                    }
                }
            }
        }

        bound.ShouldBeEmpty();
    }

    [Test]
    public async Task Should_have_queues_of_its_own_as_a_listener_and_hear_of_ends()
    {
        await using var connection = await sandbox.Connect("listener");
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("listener.mine", durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync("listener.mine", "SagaOrchestrator.Messages:SagaEvent", string.Empty);
        await channel.QueuePurgeAsync("listener.mine");
        await channel.QueueDeleteAsync("listener.mine");
    }

    [Test]
    public async Task Should_not_send_in_anothers_name()
    {
        foreach (var user in Users)
        {
            await using var connection = await sandbox.Connect(user);
            var asAnother = new BasicProperties { UserId = "notifications" };
            (await IsAllowed(connection, channel => Publish(channel, "to.orchestrator", asAnother))).ShouldBeFalse(
                $"{user} sent in another's name"
            );
        }
    }

    // Those that change something if they are allowed come last.
    private static IEnumerable<(string What, Func<IChannel, string, Task> Act)> Acts(string user) =>
        [
            ("queue declared anew", (channel, name) => channel.QueueDeclareAsync(name, true, false, false, Quorum)),
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
