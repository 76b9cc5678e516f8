using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Tests.Endpoints;

internal sealed class When_the_brokers_nodes_are_named
{
    [Test]
    public void Should_take_one_host_with_the_port_beside_it() => Nodes("rabbit", port: 5673).ShouldBe([("rabbit", 5673)]);

    [Test]
    public void Should_take_several_each_with_a_port_of_its_own_or_the_one_beside_them() =>
        Nodes("a, b:5673,c", port: 5672).ShouldBe([("a", 5672), ("b", 5673), ("c", 5672)], ignoreOrder: true);

    [TestCase("fd00::5", "fd00::5", 5672)]
    [TestCase("[fd00::5]", "fd00::5", 5672)]
    [TestCase("[fd00::5]:5673", "fd00::5", 5673)]
    public void Should_take_addresses_of_IPv6(string host, string name, int port) => Nodes(host, port: 5672).ShouldBe([(name, port)]);

    [Test]
    public void Should_begin_each_connection_with_the_node_after_the_one_before()
    {
        var connection = new BusConnection { Host = "a,b,c" };
        var first = Enumerable.Range(0, 6).Select(_ => connection.NodesInTurn()[0].Host).ToList();
        first[..3].ShouldBe(["a", "b", "c"], ignoreOrder: true);
        first[3..].ShouldBe(first[..3]);
        connection.NodesInTurn().Select(node => node.Host).ShouldBe(["a", "b", "c"], ignoreOrder: true);
    }

    [TestCase("a:rabbit")]
    [TestCase("a:0")]
    [TestCase("a:65536")]
    [TestCase("a:")]
    public void Should_name_the_node_whose_port_is_none(string host) =>
        Should
            .Throw<InvalidOperationException>(() => Nodes(host, port: 5672))
            .Message.ShouldContain($"RabbitMq:Host names the node '{host}'");

    [TestCase("")]
    [TestCase(" , ")]
    public void Should_say_that_there_is_none(string host) =>
        Should.Throw<InvalidOperationException>(() => Nodes(host, port: 5672)).Message.ShouldContain("RabbitMq:Host is empty");

    private static (string, int)[] Nodes(string host, int port) =>
        [
            .. new BusConnection { Host = host, Port = port }
                .Nodes()
                .Select(node => (node.Host, node.Port)),
        ];
}
