using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Tests.Endpoints;

internal sealed class When_the_brokers_nodes_are_named
{
    [Test]
    public void Should_take_one_host_with_the_port_beside_it() => Nodes("rabbit", port: 5673).ShouldBe([("rabbit", 5673)]);

    [Test]
    public void Should_take_several_each_with_a_port_of_its_own_or_the_one_beside_them() =>
        Nodes("a, b:5673,c", port: 5672).ShouldBe([("a", 5672), ("b", 5673), ("c", 5672)], ignoreOrder: true);

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
