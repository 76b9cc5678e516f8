using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Shapes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messages.Orders;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Contracts;

/// <summary>
/// Names are wire: a renamed message, field, queue or route strands what runs. A difference from the approved text is
/// the review; when it is wanted, copy the received file over the approved one.
/// </summary>
public sealed class When_the_wire_is_compared
{
    [Test]
    public void Should_find_the_messages_as_approved()
    {
        var text = new StringBuilder();
        // The protocol, and the order services as an example of what a team adds.
        var messages = typeof(SagaCommand).Assembly.GetExportedTypes().Concat(typeof(OrderQueues).Assembly.GetExportedTypes());
        foreach (
            var type in messages
                // A command of a plan document has the name that the document gives it.
                .Where(type =>
                    type is { IsClass: true, IsAbstract: false } && type != typeof(JsonCommand) && !type.IsSubclassOf(typeof(Attribute))
                )
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
        )
        {
            text.Append("urn:message:").Append(type.Namespace).Append(':').AppendLine(type.Name);
            Append(text, (ObjectShape)Contract.Of(type).Shape, "    ");
        }

        Approve("messages", text.ToString());
    }

    // What the intake takes: the same description that every door applies.
    private static void Append(StringBuilder text, ObjectShape shape, string indent)
    {
        foreach (var field in shape.Fields)
        {
            text.Append(indent)
                .Append(field.Name)
                .Append(": ")
                .Append(field.Shape.Expected)
                .Append(field.Shape.IsNullable ? ", or null" : string.Empty)
                .AppendLine(field.IsRequired ? string.Empty : ", or nothing");
            if ((field.Shape is ListShape list ? list.Item : field.Shape) is ObjectShape inner)
            {
                Append(text, inner, indent + "    ");
            }
        }
    }

    [Test]
    public void Should_find_the_topology_as_approved()
    {
        var definitions = JsonNode.Parse(File.ReadAllText(Path.Combine(TestServers.Root, "infra/rabbitmq/definitions.json")))!;
        var text = new StringBuilder();
        foreach (var queue in definitions["queues"]!.AsArray())
        {
            text.AppendLine($"queue    {queue!["name"]} {queue["arguments"]!.ToJsonString()}");
        }

        foreach (var exchange in definitions["exchanges"]!.AsArray())
        {
            text.AppendLine($"exchange {exchange!["name"]} {exchange["type"]}");
        }

        foreach (var policy in definitions["policies"]!.AsArray())
        {
            text.AppendLine($"policy   {policy!["pattern"]} {policy["definition"]!.ToJsonString()}");
        }

        Approve("topology", text.ToString());
    }

    [Test]
    public async Task Should_find_the_routes_as_approved()
    {
        var api = (await SharedSystem.Get()).Api;
        var document = JsonNode.Parse(await api.GetStringAsync("/openapi/v1.json"))!;
        var text = new StringBuilder();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                text.AppendLine(
                    $"{method.ToUpperInvariant()} {path}  {operation!["operationId"]}  "
                        + $"{string.Join(" ", operation["responses"]!.AsObject().Select(response => response.Key).Order(StringComparer.Ordinal))}"
                );
            }
        }

        Approve("routes", text.ToString());
    }

    private static void Approve(string name, string received)
    {
        var approved = Path.Combine(TestServers.Root, $"tests/System/Contracts/{name}.approved.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : string.Empty;
        if (expected != received)
        {
            var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}.received.txt");
            File.WriteAllText(file, received);
            received.ShouldBe(expected, $"The {name} changed. If that is wanted: cp {file} {approved}");
        }
    }
}
