using System.Net;
using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Rendering;
using SagaOrchestrator.Cli.Tests.Typing;
using SagaOrchestrator.Cli.Verbs;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>What the API says is shown, and never obeyed.</summary>
public sealed class When_text_comes_from_elsewhere
{
    [TestCase("order-1", "order-1")]
    [TestCase("[red]x[/]", "[red]x[/]")]
    [TestCase("a\u001b[31mb", "a\\u001b[31mb")]
    [TestCase("a\u009b31mb", "a\\u009b31mb")]
    [TestCase("a\u0007b\u007f", "a\\u0007b\\u007f")]
    [TestCase("two\nlines\r", "two\\nlines\\r")]
    [TestCase("evil\u202etxt", "evil\\u202etxt")]
    [TestCase("\u2067x\u2069", "\\u2067x\\u2069")]
    [TestCase("a\u2028b", "a\\u2028b")]
    [TestCase("שלום", "שלום")]
    [TestCase("👩‍🚀 Ωmega", "👩‍🚀 Ωmega")]
    public void Should_be_harmless_in_a_line(string text, string clean) => Clean.Line(text).ShouldBe(clean);

    [Test]
    public void Should_keep_its_lines_in_a_document() =>
        Clean.Block("{\r\n\t\"a\": \"\u001b]0;x\u0007\"\n}").ShouldBe("{\n\t\"a\": \"\\u001b]0;x\\u0007\"\n}");

    [Test]
    public void Should_be_shown_in_a_table_as_it_is()
    {
        using var written = new StringWriter();
        var screen = new Screen(written, TextWriter.Null, isJson: false, isColoured: true);
        screen.Show(new Grid("[bold]KEY[/]", "~WHY").Row(Cells.Of("[red]x\u001b[2J"), Cells.State("[/]")));
        written.ToString().ShouldBe("[bold]KEY[/]     WHY\n[red]x\\u001b[2J  [/]\n");
    }

    [Test]
    public void Should_be_shown_in_blocks_where_a_table_has_no_place()
    {
        using var written = new StringWriter();
        var grid = new Grid("KEY", "STATE", "~WHY").Row(Cells.Of("order-1"), Cells.State("Failed"), Cells.Of("no stock"));
        grid.Row(Cells.Of("order-2"), Cells.State("Completed"), Cells.Of(string.Empty));
        grid.At(20).Count().ShouldBe(2, "a block for each");
        grid.At(40).ShouldHaveSingleItem();
        new Screen(written, TextWriter.Null, isJson: false, isColoured: false).Show(grid);
        written.ToString().ShouldBe("KEY      STATE      WHY\norder-1  Failed     no stock\norder-2  Completed\n");
    }

    [TestCase("2h", "2026-01-31T08:00:00Z")]
    [TestCase("90m", "2026-01-31T08:30:00Z")]
    [TestCase("7d", "2026-01-24T10:00:00Z")]
    [TestCase("2026-01-31", "2026-01-31")]
    [TestCase("yesterday", "yesterday")]
    [TestCase("999999d", "999999d")]
    public void Should_take_a_time_as_the_api_does_or_as_how_long_ago(string text, string time) =>
        Parameters.TimeOf(text, new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero)).ShouldBe(time);

    [TestCase(503, ExitCode.Unreachable)]
    [TestCase(500, ExitCode.Unreachable)]
    [TestCase(429, ExitCode.Refused)]
    public void Should_tell_by_the_status_who_is_at_fault_and_when_to_come_again(int status, int exit)
    {
        const string Text = """{"title": "Too much.", "detail": "Later.", "code": "busy"}""";
        using var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(Text) };
        answer.Content.Headers.ContentType = new("application/problem+json");
        answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(30));
        var failure = Problems.Of(answer, Text, new Uri("http://api/"), "Wait.");
        failure.Message.ShouldBe($"Too much. Later. ({status} busy)");
        failure.NextMove.ShouldBe("Wait. It can be sent again in 30 s.");
        failure.ExitCode.ShouldBe(exit);
    }

    [TestCase("""{"quantity": ["Too many", "Too heavy."]}""", "quantity: Too many. Too heavy.")]
    [TestCase("""{"quantity": "Too many"}""", "quantity: Too many.")]
    [TestCase("""{"quantity": [5, {"at": 1}, null]}""", """quantity: 5. {"at": 1}. """)]
    [TestCase("""["Too many"]""", "Too many.")]
    [TestCase("5", "5.")]
    [TestCase(""" "\ud800" """, """ "\ud800". """)]
    public void Should_be_shown_whatever_form_errors_have(string errors, string words)
    {
        var text = $$"""{"title": "Wrong.", "errors": {{errors}}}""";
        using var answer = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(text) };
        answer.Content.Headers.ContentType = new("application/problem+json");
        Problems.Of(answer, text, new Uri("http://api/"), null).Message.ShouldBe($"Wrong. {words.Trim()} (400)");
    }

    [Test]
    public async Task Should_be_shown_without_a_body_where_a_delivery_has_none()
    {
        await using var api = await Elsewhere.Open((_, http) => Elsewhere.Json(http, 200, """{"number": 1, "event": "ping"}"""));
        using var terminal = new Terminal(api.Address);
        (await terminal.Do("webhooks", "delivery", Guid.NewGuid().ToString(), "1")).ShouldStartWith("Delivery 1 (ping)");
    }

    [Test]
    public void Should_put_a_name_into_a_path_as_one_part_of_it() =>
        Operations.GetSagaByKey.Path(["t", "a/../b?c#d"]).ShouldBe("api/v1/sagas/t/a%2F..%2Fb%3Fc%23d");
}
