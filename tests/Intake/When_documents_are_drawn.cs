using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Intake.Tests;

/// <summary>The intake is at least as strict as every reader behind it, whatever comes.</summary>
public sealed class When_documents_are_drawn
{
    // As lenient as any reader of the product, or more.
    private static readonly JsonSerializerOptions Reader = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private static readonly KeyValuePair<string, string>[] Fields =
    [
        new("orderId", "\"4711\""),
        new("total", "\"12.50\""),
        new("quantity", "2"),
        new("urgency", "\"very_urgent\""),
        new("paidBy", "\"card\""),
        new("lines", "[{\"name\":\"Chai\",\"gifts\":[null,\"card\"]}]"),
        new("customer", "\"8a0a3b9c-6a0e-4c11-9d38-0f3a2b9f7a55\""),
        new("orderedOn", "\"2026-01-31\""),
        new("dueAt", "\"2026-01-31T12:00:00Z\""),
        new("isGift", "false"),
        new("weight", "1.5"),
        new("note", "\"a note\""),
        new("extra", "{\"a\":[1,\"b\"]}"),
        new("labels", "{\"a\":null}"),
    ];

    [Test]
    [Property("Rule", "S39")]
    public void Should_take_nothing_that_a_reader_behind_cannot_read_show_and_write_again() =>
        Prop.ForAll(
                DrawnDocuments.Of(Fields).ToArbitrary(),
                json =>
                {
                    var bytes = Encoding.UTF8.GetBytes(json);
                    if (Contract.Of<Order>().Check(bytes).Count > 0)
                    {
                        return true;
                    }

                    var order = JsonSerializer.Deserialize<Order>(bytes, Reader)!;
                    var written = JsonSerializer.SerializeToUtf8Bytes(order, Reader);
                    using var document = JsonDocument.Parse(bytes);
                    return Texts(document.RootElement)
                            .All(text => !text.Contains('\0') && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))
                        && JsonSerializer.Deserialize<Order>(written, Reader) is not null;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Test]
    [Property("Rule", "S39")]
    public void Should_name_path_expected_and_got_and_never_the_value() =>
        Prop.ForAll(
                Gen.Elements(DrawnDocuments.Neighbours.Where(value => value[0] == '"' && value.Length > 5).ToArray()).ToArbitrary(),
                value =>
                    Contract
                        .Of<Order>()
                        .Check(Order.With("paidBy", value))
                        .All(refusal =>
                            refusal.Expected.Length > 0
                            && refusal.Got.Length > 0
                            && !refusal.ToString().Contains(value.Trim('"'), StringComparison.Ordinal)
                        )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Test]
    [Property("Rule", "S39")]
    public void Should_never_fail_on_any_bytes() =>
        Prop.ForAll(
                DrawnDocuments
                    .Of(Fields)
                    .SelectMany(json =>
                        Gen.Choose(0, 255).SelectMany(one => Gen.Choose(0, json.Length - 1).Select(at => (json, (byte)one, at)))
                    )
                    .ToArbitrary(),
                drawn =>
                {
                    var bytes = Encoding.UTF8.GetBytes(drawn.json);
                    bytes[drawn.at] = drawn.Item2;
                    _ = Contract.Of<Order>().Check(bytes);
                    _ = Contract.Of<Order>().Check(bytes.AsSpan(0, drawn.at));
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value).Append(property.Name)),
            _ => [],
        };
}
