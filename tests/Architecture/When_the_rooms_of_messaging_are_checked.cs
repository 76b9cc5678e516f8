using System.Reflection;
using System.Runtime.CompilerServices;

namespace SagaOrchestrator.Architecture.Tests;

public sealed class When_the_rooms_of_messaging_are_checked
{
    private const string Core = "SagaOrchestrator.Messaging";
    private const string Postgres = Core + ".Postgres";
    private const string RabbitMq = Core + ".RabbitMq";
    private const string Instrumentation = "SagaOrchestrator.OpenTelemetry";

    [TestCase(Core, "Npgsql")]
    [TestCase(Core, "RabbitMQ.Client")]
    [TestCase(Core, "MassTransit.RabbitMqTransport")]
    [TestCase(Core, Postgres)]
    [TestCase(Core, RabbitMq)]
    [TestCase(Postgres, "RabbitMQ.Client")]
    [TestCase(Postgres, "MassTransit")]
    [TestCase(Postgres, "MassTransit.Abstractions")]
    [TestCase(Postgres, "MassTransit.RabbitMqTransport")]
    [TestCase(Postgres, RabbitMq)]
    [TestCase(RabbitMq, "Npgsql")]
    [TestCase(RabbitMq, Postgres)]
    [TestCase(Instrumentation, Postgres)]
    [TestCase(Instrumentation, RabbitMq)]
    public void Should_find_that_a_room_does_not_know(string room, string other) => References(room).ShouldNotContain(other);

    [TestCase(Postgres, "Npgsql")]
    [TestCase(RabbitMq, "RabbitMQ.Client")]
    [TestCase(RabbitMq, "MassTransit.RabbitMqTransport")]
    public void Should_find_what_a_room_is_there_for(string room, string other) => References(room).ShouldContain(other);

    [TestCase(Core)]
    [TestCase(Postgres)]
    [TestCase(RabbitMq)]
    [TestCase(Instrumentation)]
    public void Should_find_that_none_needs_a_web_host(string room) =>
        References(room).ShouldAllBe(name => !name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [TestCase(Core)]
    [TestCase(Postgres)]
    [TestCase(RabbitMq)]
    public void Should_find_the_inside_of_a_room_open_to_its_tests_alone(string room) =>
        Assembly
            .Load(room)
            .GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .ShouldAllBe(name => name.EndsWith(".Tests", StringComparison.Ordinal));

    private static string[] References(string room) =>
        [.. Assembly.Load(room).GetReferencedAssemblies().Select(reference => reference.Name!)];
}
