using System.Text;

namespace SagaOrchestrator.Fuzz.Generating;

/// <summary>Envelopes: right ones around hostile messages, hostile ones around right messages, and none.</summary>
internal static class Envelopes
{
    private static readonly string[] BadIds =
    [
        "null",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"order-4711\"",
        "\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"",
        "5",
        "{}",
        "\"\"",
    ];

    private static readonly string[] BadTypes =
    [
        "null",
        "[]",
        "\"urn:message:Nope:Nope\"",
        "[\"urn:message:Nope:Nope\"]",
        "[5]",
        "{}",
        "[\"\"]",
        "[null]",
        "[\"nope\"]",
    ];

    private static readonly string[] Oddities =
    [
        "\"conversationId\":\"x\",",
        "\"sentTime\":\"yesterday\",",
        "\"headers\":{\"a\":{\"b\":[1]}},",
        "\"headers\":5,",
        "\"host\":5,",
        "\"responseAddress\":\"nope\",",
        "\"faultAddress\":\"rabbitmq://elsewhere/x\",",
        "\"sourceAddress\":\"\\u0000\",",
        "\"correlationId\":\"00000000-0000-0000-0000-000000000000\",",
        "\"requestId\":7,",
        "\"expirationTime\":\"2000-01-01T00:00:00Z\",",
        "\"unknown\":[[[]]],",
        "\"messageId\":\"again\",",
    ];

    /// <summary>The body, and whether nobody can handle it.</summary>
    public static (byte[] Body, bool MustBeDeadLetter) Of(Dice dice, string type, string valid)
    {
        var id = $"\"{dice.Id()}\"";
        var types = $"[\"urn:message:{type}\"]";
        return dice.Below(20) switch
        {
            0 => (Text(dice.Of(BadIds), types, valid), true),
            1 => (Text(id, dice.Of(BadTypes), valid), true),
            2 => (Encoding.UTF8.GetBytes(valid), true),
            3 => (
                Encoding.UTF8.GetBytes(
                    dice.Of("", " ", "[]", "5", "\"text\"", "null", "{", "not json", "[[[[", "{\"messageType\":", "\0", "<xml/>")
                ),
                true
            ),
            4 => (Text(id, types, dice.Of("null", "[]", "5", "\"text\"")), true),
            5 => ([.. Text(id, types, valid)[..^1], 0xFF], true),
            6 => (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", dice.Of(300, 100_000)))), true),
            7 => (Encoding.UTF8.GetBytes($"{{{dice.Of(Oddities)}\"messageId\":{id},\"messageType\":{types},\"message\":{valid}}}"), false),
            8 => (
                Text(
                    id,
                    $"[\"urn:message:SagaOrchestrator.Messages:SagaStepCompleted\",\"urn:message:{type}\",\"urn:message:SagaOrchestrator.Messages:SagaStepFailed\"]",
                    valid
                ),
                false
            ),
            9 => (
                Text(id, $"[{string.Join(',', Enumerable.Range(0, 500).Select(number => $"\"urn:message:A:B{number}\""))}]", valid),
                true
            ),
            10 => (Text($"\"{new string('i', dice.Of(300, 150_000))}\"", types, valid), true),
            11 => (ByteMutation.Of(dice, Text(id, types, valid)), false),
            12 => (Text($"\"{new Guid(dice.Below(5) + 1, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])}\"", types, valid), false),
            _ => (Around(id, types, BodyMutation.Of(dice, valid)), false),
        };
    }

    private static byte[] Text(string id, string types, string message) => Around(id, types, Encoding.UTF8.GetBytes(message));

    private static byte[] Around(string id, string types, byte[] message) =>
        [.. Encoding.UTF8.GetBytes($"{{\"messageId\":{id},\"messageType\":{types},\"message\":"), .. message, (byte)'}'];
}
