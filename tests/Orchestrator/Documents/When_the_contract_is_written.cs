using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Engine.Documents;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Orchestrator.Tests.Documents;

public sealed class When_the_contract_is_written
{
    [Test]
    public void Should_have_each_command_of_each_plan_and_what_it_results_in()
    {
        var schemas = Json("jsonschema").GetProperty("$defs");
        var book = schemas.GetProperty(Name<Book>());
        book.GetProperty("x-used-by").EnumerateArray().Select(use => use.GetString()).ShouldBe(["trip v1, step book (do) at hotels"]);
        book.GetProperty("properties").GetProperty("city").GetProperty("type").GetString().ShouldBe("string");
        schemas.TryGetProperty(Name<Cancel>(), out _).ShouldBeTrue();
        schemas.GetProperty("trip.v1.book.result").GetProperty("x-used-by").GetString().ShouldBe("trip v1, step book at hotels");
    }

    // Which of its commands such a step sends, only the example tells.
    [Test]
    public void Should_take_a_command_from_the_example_where_the_plan_says_a_base_of_several() =>
        Json("jsonschema").GetProperty("$defs").TryGetProperty(Name<Fly>(), out _).ShouldBeTrue();

    [Test]
    public void Should_have_the_names_of_the_orchestrator_and_of_the_virtual_host()
    {
        var channels = Json("asyncapi").GetProperty("channels");
        channels.GetProperty("queue.bookings").GetProperty("address").GetString().ShouldBe("bookings");
        channels
            .GetProperty("exchange.to.hotels")
            .GetProperty("bindings")
            .GetProperty("amqp")
            .GetProperty("exchange")
            .GetProperty("vhost")
            .GetString()
            .ShouldBe("travel");
    }

    // What a later command needs of a step's result is made after the result's description.
    [Test]
    public void Should_have_an_example_of_a_command_that_needs_a_result()
    {
        var pay = Json("examples").GetProperty("examples").EnumerateArray().Single(one => Text(one, "name") == "command.trip.v1.pay.do");
        JsonDocument.Parse(Text(pay, "body")).RootElement.GetProperty("message").GetProperty("room").GetString().ShouldBe("room");
    }

    // A plan that cannot make a command for its example, here without a signal's data, still has one of the command's description.
    [Test]
    public void Should_have_an_example_of_a_command_that_cannot_be_made() =>
        Json("examples").GetProperty("examples").EnumerateArray().Select(one => Text(one, "name")).ShouldContain("command.trip.v1.tell.do");

    [Test]
    public void Should_have_the_rules_of_a_participant() =>
        Run(["contract", "--format", "rules"]).Output.ShouldStartWith("# Rules of a participant");

    [Test]
    public void Should_say_what_formats_there_are()
    {
        var (status, output, error) = Run(["contract", "--format", "yaml"]);
        (status, (output + error).Contains("asyncapi", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    private static string Name<T>() => typeof(T).FullName!.Replace('+', '.');

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static JsonElement Json(string format) => JsonSerializer.Deserialize<JsonElement>(Run(["contract", "--format", format]).Output);

    private static (int Status, string Output, string Error) Run(string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder
            .Services.AddSagaOrchestrator(options =>
            {
                options.Queue = "bookings";
                options.UsePostgres("Host=nowhere").UseRabbitMq(new BusConnection { VirtualHost = "travel" });
            })
            .AddPlan<TripPlan>();
        using var host = builder.Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (ContractCommand.Run(host.Services, args, output, error), output.ToString(), error.ToString());
    }

    internal sealed record StartTrip(string TripId);

    internal sealed record Book(string City) : SagaCommand;

    internal sealed record Cancel(string City) : SagaCommand;

    internal sealed record Booked(string Room);

    internal sealed record Pay(string Room) : SagaCommand;

    internal sealed record Fly(string To) : SagaCommand;

    internal sealed record Tell(string Who) : SagaCommand;

    internal sealed record Answered(string? Who);

    private sealed class TripPlan : Plan<StartTrip>
    {
        public TripPlan()
            : base("trip", version: 1)
        {
            Step<Booked>("book", out var booked).At("hotels").Do((_, _) => new Book("Rome")).UndoneBy((_, _) => new Cancel("Rome"));
            Step<Answered>("ask", out var asked).WaitsFor("answer");
            Step("pay").At("cards").AsPivot().Do((_, saga) => new Pay(saga.Result(booked)!.Room));
            Step("fly")
                .At("air.flights")
                .AsRetriable()
                .Do<SagaCommand>((trip, _) => trip.TripId.Length > 99 ? new Pay("none") : new Fly("Rome"));
            Step("tell").At("mail").AsRetriable().Do((_, saga) => new Tell(saga.Result(asked)!.Who!.Trim()));
        }

        public override StartTrip Example { get; } = new("T-1");

        public override string BusinessKey(StartTrip data) => data.TripId;

        public override IEnumerable<FieldError> Validate(StartTrip data) => [];
    }
}
