using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SagaOrchestrator.Messaging.DeadLetters;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.DeadLetters;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.DeadLetters;

/// <summary>Whoever looks holds the letters. The other must wait, and must not take them for gone.</summary>
public sealed class When_several_look_through_one_dead_letter_queue
{
    [Test]
    public async Task Should_find_on_each_node_what_it_looks_for_and_leave_the_rest_in_order()
    {
        await using var sandbox = await Sandbox.Create();
        var ids = await Fill(sandbox, 200);
        var nodes = Enumerable.Range(0, 4).Select(_ => Mover(sandbox)).ToList();
        var fates = await Task.WhenAll(
            nodes.Select(
                (node, number) => node.Move("inventory", [.. ids.Where((_, index) => index % 5 == number)], new LetterAim.Discard())
            )
        );

        fates.SelectMany(fate => fate.Values).ShouldAllBe(fate => fate == LetterFate.Moved);
        (await sandbox.Peek("inventory.dead-letter"))
            .Select(letter => letter.Payload)
            .ShouldBe(ids.Where((_, index) => index % 5 == 4).Select(id => id.ToString()));
    }

    [Test]
    public async Task Should_take_hundreds_off_for_good()
    {
        await using var sandbox = await Sandbox.Create();
        var ids = await Fill(sandbox, 700);
        var wanted = ids.Where((_, index) => index % 7 != 3).Take(500).ToList();

        var fates = await Mover(sandbox).Move("inventory", wanted, new LetterAim.Discard());

        fates.Values.ShouldAllBe(fate => fate == LetterFate.Moved);
        (await sandbox.Peek("inventory.dead-letter"))
            .Select(letter => letter.Payload)
            .ShouldBe(ids.Except(wanted).Select(id => id.ToString()));
    }

    [Test]
    public async Task Should_say_of_each_what_became_of_it()
    {
        await using var sandbox = await Sandbox.Create();
        var ids = await Fill(sandbox, 2);
        var none = Guid.CreateVersion7();
        (await Mover(sandbox).Move("inventory", [none, ids[1]], new LetterAim.Discard())).ShouldBe(
            new Dictionary<Guid, LetterFate> { [none] = LetterFate.Missing, [ids[1]] = LetterFate.Moved },
            ignoreOrder: true
        );
        (await Mover(sandbox).Move("nowhere", [none], new LetterAim.Discard()))[none].ShouldBe(LetterFate.Unavailable);
        (await sandbox.Console.DeleteAsync($"/api/exchanges/{sandbox.Name}/to.inventory")).EnsureSuccessStatusCode();
        (await Mover(sandbox).Move("inventory", [ids[0]], new LetterAim.Redrive()))[ids[0]].ShouldBe(LetterFate.Refused);
        (await sandbox.Peek("inventory.dead-letter")).Single().Payload.ShouldBe(ids[0].ToString());
    }

    [Test]
    public async Task Should_be_told_to_come_again_while_somebody_does_not_end()
    {
        await using var system = await RunningSystem.Start();
        var id = (await system.Spoil("inventory", "{ 1"))[0];
        await using (var connection = await Connect(system.Sandbox))
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.BasicConsumeAsync("inventory.dead-letter", autoAck: false, new AsyncEventingBasicConsumer(channel));
            var (status, problem) = await system.Api.ActOn(id, "redrive");
            status.ShouldBe(503);
            problem.Text("type").ShouldBe("/problems/dead-letter-busy");
        }

        (await system.Api.Outcomes(id)).ShouldBe(["asked", "failed"]);
        (await system.Api.ActOn(id, "discard")).Status.ShouldBe(200);
    }

    private static async Task<Guid[]> Fill(Sandbox sandbox, int count)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        await using var connection = await Connect(sandbox);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await Task.WhenAll(
            ids.Select(id =>
                channel
                    .BasicPublishAsync(
                        "to.inventory.dead-letter",
                        string.Empty,
                        mandatory: true,
                        new BasicProperties { Headers = new Dictionary<string, object?> { ["dead-letter-id"] = id.ToString() } },
                        System.Text.Encoding.UTF8.GetBytes(id.ToString())
                    )
                    .AsTask()
            )
        );
        return ids;
    }

    private static DeadLetterMover Mover(Sandbox sandbox) =>
        new(
            new BusConnection
            {
                Port = TestServers.RabbitMqPort,
                VirtualHost = sandbox.Name,
                Username = "orchestrator",
                Password = "orchestrator-dev",
            },
            "orchestrator",
            NullLogger<DeadLetterMover>.Instance
        );

    private static Task<IConnection> Connect(Sandbox sandbox) =>
        new ConnectionFactory
        {
            Port = TestServers.RabbitMqPort,
            VirtualHost = sandbox.Name,
            UserName = "admin",
            Password = "admin-dev",
        }.CreateConnectionAsync();
}
