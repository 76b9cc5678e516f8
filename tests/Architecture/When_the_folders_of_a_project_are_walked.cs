namespace SagaOrchestrator.Architecture.Tests;

public sealed class When_the_folders_of_a_project_are_walked
{
    [TestCaseSource(typeof(Clone), nameof(Clone.Projects))]
    public void Should_find_no_cycle(string project) => FolderGraph.Of(project).Cycle().ShouldBeEmpty();

    [Test]
    public void Should_find_a_cycle_where_there_is_one()
    {
        var graph = new FolderGraph([
            new SourceFile(
                "Orders",
                "using Shop.Stock;\nnamespace Shop.Orders;\npublic sealed class Order { public Shelf? From { get; } }"
            ),
            new SourceFile("Stock", "using Shop.Trucks;\nnamespace Shop.Stock;\ninternal sealed record Shelf(Truck Truck);"),
            new SourceFile("Trucks", "namespace Shop.Trucks;\ninternal readonly record struct Truck(Shop.Orders.Order Order);"),
        ]);
        graph
            .Cycle()
            .ShouldBe([
                "Orders uses Stock (Order names Shelf)",
                "Stock uses Trucks (Shelf names Truck)",
                "Trucks uses Orders (Truck names Order)",
            ]);
    }

    [Test]
    public void Should_not_take_a_word_for_a_use()
    {
        var graph = new FolderGraph([
            new SourceFile(
                "Orders",
                "using Shop.Stock;\nnamespace Shop.Orders;\npublic sealed class Order { public Shelf? From { get; } }"
            ),
            new SourceFile("Stock", "namespace Shop.Stock;\n// Not an Order.\ninternal sealed record Shelf(string Order = \"no Order\");"),
        ]);
        graph.Cycle().ShouldBeEmpty();
    }
}
