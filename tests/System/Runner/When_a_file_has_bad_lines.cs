using SagaOrchestrator.Participants.Services.Inventory;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Runner;

public sealed class When_a_file_has_bad_lines
{
    private string file = null!;

    [SetUp]
    public void Create() => file = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(file);

    [Test]
    public async Task Should_run_the_good_orders_and_name_file_and_line_of_the_others()
    {
        var good = Order.Of();
        var wrongTotal = Order.Of();
        wrongTotal["total"] = "1.00";
        await File.WriteAllLinesAsync(file, [good.ToJsonString(), "{ broken", string.Empty, wrongTotal.ToJsonString(), "[1]"]);
        var api = (await SharedSystem.Get()).Api;
        var pusher = new OrderPusher(api);
        await pusher.Push(OrderFile.Read(file), _ => { }, default);

        pusher.Started.Count.ShouldBe(1);
        pusher.Complaints.Order().Select(complaint => complaint[..(file.Length + 2)]).ShouldBe([$"{file}:2", $"{file}:4", $"{file}:5"]);
        pusher.Complaints.ShouldContain(complaint => complaint.Contains("total", StringComparison.Ordinal));
    }

    [Test]
    public void Should_name_file_and_line_of_bad_stock()
    {
        File.WriteAllLines(
            file,
            [
                """{"productId": "1", "name": "Chai", "available": 3}""",
                """{"productId": "2", "available": -1}""",
                "nonsense",
                """{"productId": "1", "name": "Again", "available": 3}""",
                """{"name": "No id", "available": 3}""",
                """{"productId": "3", "available": "many"}""",
            ]
        );
        var (lines, bad) = StockFile.Read(file);
        lines.Single().ProductId.ShouldBe("1");
        bad.Select(line => line.Line).ShouldBe([2, 3, 4, 5, 6]);
        bad[0].ToString().ShouldStartWith($"{file}:2: available");
    }
}
