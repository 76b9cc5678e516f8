using System.Xml.Linq;
using SagaOrchestrator.Explanations.Diagrams;

namespace SagaOrchestrator.Explanations.Tests;

public sealed class When_a_diagram_is_drawn
{
    private const string Odd = "a<b>&\"c';#{d}%%`</title><script>x</script>\u0001";

    private static SagaExplanation Undoing => Told.Of(Parallel()).When(Done(Reserve), Done(Pay), Rejected(Ship)).Explained();

    [Test]
    public void Should_say_in_words_what_it_shows_by_colour()
    {
        var svg = XDocument.Parse(SvgDiagram.Of(Undoing));
        var texts = svg.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value).ToArray();
        texts.ShouldContain("order-fulfillment 10248: Compensating");
        texts.ShouldContain("being undone, attempt 1 of 2");
        texts.ShouldContain("not done (rejected)");
        texts.ShouldContain("done");
        texts.ShouldContain("↩ to be undone, no. 2");
        texts.ShouldContain("skipped");
    }

    [Test]
    public void Should_be_readable_for_who_does_not_see_it()
    {
        var root = XDocument.Parse(SvgDiagram.Of(Undoing)).Root!;
        root.Attribute("role")!.Value.ShouldBe("img");
        root.Attribute("aria-labelledby")!.Value.ShouldBe("t d");
        var described = root.Elements().Single(node => node.Name.LocalName == "desc").Value;
        described.ShouldContain("process_payment at payments: being undone, attempt 1 of 2.");
        described.ShouldContain("Still to be undone: process_payment, then reserve_inventory.");
    }

    [Test]
    public void Should_show_a_plan_of_which_nothing_has_begun()
    {
        var svg = XDocument.Parse(SvgDiagram.Of(Parallel()));
        var texts = svg.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value).ToArray();
        texts.ShouldContain("order-fulfillment version 3");
        texts.ShouldContain("4 steps.");
        texts.Count(text => text == "planned").ShouldBe(4);
        MermaidDiagram.Of(Parallel()).ShouldContain("    accTitle: order-fulfillment version 3\n");
        MermaidDiagram.Of(WithPivot(AfterUnknown.Enquire)).ShouldContain("on nothing is undone");
    }

    [Test]
    public void Should_put_parallel_steps_above_one_another_and_stages_beside()
    {
        var boxes = XDocument
            .Parse(SvgDiagram.Of(Undoing))
            .Descendants()
            .Where(node => node.Name.LocalName == "rect" && node.Attribute("rx")?.Value == "8")
            .Select(box => (X: (int)box.Attribute("x")!, Y: (int)box.Attribute("y")!))
            .ToArray();
        boxes[1].X.ShouldBe(boxes[2].X);
        boxes[1].Y.ShouldBeLessThan(boxes[2].Y);
        boxes[0].X.ShouldBeLessThan(boxes[1].X);
        boxes[2].X.ShouldBeLessThan(boxes[3].X);
    }

    [Test]
    public void Should_follow_the_readers_scheme_and_refer_to_nothing_outside()
    {
        var svg = SvgDiagram.Of(Undoing);
        svg.ShouldContain("@media(prefers-color-scheme:dark)");
        svg.ShouldNotContain("<script");
        svg.ShouldNotContain("href");
        svg.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal).ShouldNotContain("://");
    }

    [Test]
    public void Should_take_any_text_as_text()
    {
        var plan = new PlanDefinition("odd" + Odd, 1, [Step("s" + Odd.Replace('/', '|'), "p" + Odd, 1)]);
        var explained = SagaExplainer.Explain(Told.Of(plan).Facts() with { BusinessKey = Odd });
        var svg = XDocument.Parse(SvgDiagram.Of(explained));
        svg.Descendants().ShouldNotContain(node => node.Name.LocalName == "script");
        var mermaid = MermaidDiagram.Of(explained);
        mermaid.ShouldNotContain("<script");
        mermaid.ShouldNotContain("\u0001");
        mermaid.Split('\n').Count(line => line.Contains("s1[\"", StringComparison.Ordinal)).ShouldBe(1);
        mermaid.Split('\n').Single(line => line.Contains("s1[\"", StringComparison.Ordinal)).Count(letter => letter == '"').ShouldBe(2);
    }

    [Test]
    public void Should_write_the_same_for_mermaid()
    {
        MermaidDiagram
            .Of(Undoing)
            .Split('\n')
            .ShouldBe([
                "%%{init: {\"theme\": \"neutral\"}}%%",
                "flowchart LR",
                "    accTitle: order-fulfillment 10248: Compensating",
                "    accDescr: " + string.Join(' ', Undoing.Sentences),
                "    start([\"start\"])",
                "    s1[\"reserve_inventory<br/>at inventory<br/>done<br/>to be undone, no. 2\"]",
                "    start --> s1",
                "    s2[\"process_payment<br/>at payments<br/>being undone, attempt 1 of 2\"]",
                "    s3[\"create_shipment<br/>at shipping<br/>not done (rejected)\"]",
                "    s1 --> s2 & s3",
                "    s4[\"send_confirmation<br/>at notifications<br/>skipped\"]",
                "    s2 & s3 --> s4",
                "    finish([\"end\"])",
                "    s4 --> finish",
                "    classDef done fill:#dafbe1,stroke:#1a7f37,color:#04260f",
                "    class s1 done",
                "    classDef failed fill:#ffebe9,stroke:#cf222e,color:#4c0014",
                "    class s3 failed",
                "    classDef undoing fill:#fff1e5,stroke:#bc4c00,color:#471700,stroke-width:2px",
                "    class s2 undoing",
                "    classDef skipped fill:#f6f8fa,stroke:#afb8c1,color:#57606a,stroke-dasharray:2 3",
                "    class s4 skipped",
                string.Empty,
            ]);
    }
}
