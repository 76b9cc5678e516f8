using System.Text.Json;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;

namespace SagaOrchestrator.Cli.Verbs.DeadLetters;

/// <summary>A dead letter in words.</summary>
internal static class LetterView
{
    public static void Show(JsonElement status, Screen screen)
    {
        var letter = status.At("letter") ?? status;
        screen.Say(Line(letter), Cells.StyleOf(letter.Text("state")));
        var facts = new Grid("", "~");
        Fact(facts, "id", letter.Text("id"));
        Fact(facts, "since", Times.Both(letter.Time("at"), screen.Now));
        Fact(facts, "ended", Times.Both(letter.Time("endedAt"), screen.Now));
        Fact(facts, "message", Words.Joined(" ", letter.Text("messageType"), letter.Text("messageId")));
        Fact(facts, "saga", Words.Joined(" ", Saga(letter), letter.Text("sagaId")));
        Fact(facts, "path", letter.Text("path"));
        Fact(facts, "expected", status.Text("expected"));
        Fact(facts, "got", status.Text("got"));
        Fact(facts, "bytes", letter.Text("size"));
        Fact(facts, "content type", status.Text("contentType"));
        screen.Show(facts);
        var headers = new Grid("HEADER", "~VALUE");
        foreach (var header in status.At("headers").Members())
        {
            headers.Row(Cells.Of(header.Name), Cells.Of(((JsonElement?)header.Value).Text()));
        }

        screen.Show(headers);
        foreach (var asked in status.Items("asked"))
        {
            var when = Times.Both(asked.Time("at"), screen.Now);
            var what = $"{when}: {asked.Text("by")} asked to {asked.Text("verb")} ({asked.Text("reason")}), {asked.Text("outcome")}.";
            screen.Say(Words.Joined(" ", what, asked.Text("detail")));
        }
    }

    public static string Line(JsonElement letter) =>
        Words.Joined(
            " ",
            $"A message of queue {letter.Text("queue")} is a dead letter ({letter.Text("reason")}) and {letter.Text("state")}.",
            letter.Text("sentence")
        );

    public static string Saga(JsonElement letter) => Words.Joined("/", letter.Text("sagaType"), letter.Text("businessKey"));

    private static void Fact(Grid facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Row(Cells.Of(name, Cells.Weak), Cells.Of(value));
        }
    }
}
