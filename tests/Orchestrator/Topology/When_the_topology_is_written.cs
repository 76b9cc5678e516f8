using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SagaOrchestrator.Engine.Topology;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Orchestrator.Tests.Topology;

public sealed class When_the_topology_is_written
{
    private static readonly string[] Verb = ["topology", "--format"];

    [Test]
    public void Should_have_each_participant_of_each_plan()
    {
        Names("queues")
            .ShouldBe([
                "bookings",
                "bookings.dead-letter",
                "bookings.dead-letter.incoming",
                "hotels",
                "hotels.dead-letter",
                "hotels.dead-letter.incoming",
                "air.flights",
                "air.flights.dead-letter",
                "air.flights.dead-letter.incoming",
                "bookings.dead-letter-index",
                "unrouted",
            ]);
    }

    [TestCase("to.bookings", true)]
    [TestCase("to.rentals", true)]
    [TestCase("to.hotels.dead-letter", true)]
    [TestCase("bookings", false)]
    [TestCase("hotels", false)]
    [TestCase("to.airXflights", false)]
    [TestCase("to.air.flights", false)]
    [TestCase("to.bookings.dead-letter", false)]
    public void Should_let_a_participant_write_to_its_own_dead_letters_and_to_whom_it_answers(string exchange, bool may) =>
        Allows(Permission("hotels", "write", "--shared-with", "rentals"), exchange).ShouldBe(may);

    [TestCase("to.air.flights", true)]
    [TestCase("air.flights", false)]
    [TestCase("to.airXflights", false)]
    [TestCase("to.rentals", false)]
    public void Should_let_the_orchestrator_write_to_its_participants(string exchange, bool may) =>
        Allows(Permission("bookings", "write"), exchange).ShouldBe(may);

    [TestCase("bookings.dead-letter", true)]
    [TestCase("bookings.dead-letter-index", true)]
    [TestCase("air.flights.dead-letter", true)]
    [TestCase("air.flights", false)]
    [TestCase("air.flights.dead-letter.incoming", false)]
    [TestCase("rentals.dead-letter", false)]
    public void Should_let_the_orchestrator_read_the_dead_letters_of_its_participants(string queue, bool may) =>
        Allows(Permission("bookings", "read"), queue).ShouldBe(may);

    [TestCase("bookings.dead-letter-index", false)]
    [TestCase("bookings", false)]
    [TestCase("air.flights.dead-letter-lock", true)]
    [TestCase("air.flights.dead-letter", false)]
    [TestCase("rentals.dead-letter-lock", false)]
    public void Should_let_the_orchestrator_make_the_locks_of_dead_letter_queues_and_nothing_else(string queue, bool may) =>
        Allows(Permission("bookings", "configure"), queue).ShouldBe(may);

    [Test]
    public void Should_send_copies_of_all_dead_letters_to_the_index() =>
        Definitions()
            .GetProperty("bindings")
            .EnumerateArray()
            .Where(binding => binding.GetProperty("destination").GetString() == "bookings.dead-letter-index")
            .Select(binding => binding.GetProperty("source").GetString())
            .ShouldBe(["to.bookings.dead-letter", "to.hotels.dead-letter", "to.air.flights.dead-letter"]);

    [TestCase]
    [TestCase("--shared-with", "rentals")]
    [TestCase("--vhost", "other", "--passwords", "development")]
    public void Should_give_no_exchange_the_name_of_a_queue(params string[] more) =>
        Names("exchanges", more).Intersect(Names("queues", more)).ShouldBeEmpty();

    // Who may write to the one and read the other may bind the one to the other.
    [Test]
    public void Should_let_nobody_but_the_administrator_write_to_a_queue_or_to_an_exchange_and_read_one()
    {
        var (exchanges, queues) = (Names("exchanges"), Names("queues"));
        foreach (var user in Names("users").Where(user => user != "admin"))
        {
            var (write, read) = (Permission(user, "write"), Permission(user, "read"));
            queues.Where(queue => Allows(write, queue)).ShouldBeEmpty(user);
            (exchanges.Any(exchange => Allows(write, exchange)) && exchanges.Any(exchange => Allows(read, exchange))).ShouldBeFalse(user);
        }
    }

    [TestCase("bookings-unrouted", "exchanges")]
    [TestCase("bookings-dead-letters", "queues")]
    [TestCase("hotels-limits", "queues")]
    public void Should_have_policies_for_its_own_names_only(string policy, string kind)
    {
        var found = Definitions().GetProperty("policies").EnumerateArray().Single(one => one.GetProperty("name").GetString() == policy);
        found.GetProperty("apply-to").GetString().ShouldBe(kind);
        var pattern = found.GetProperty("pattern").GetString()!;
        Names(kind).ShouldContain(name => Allows(pattern, name));
        Names(kind == "queues" ? "exchanges" : "queues").ShouldNotContain(name => Allows(pattern, name));
        Allows(pattern, "to.rentals").ShouldBeFalse();
        Allows(pattern, "rentals.dead-letter").ShouldBeFalse();
    }

    [Test]
    public void Should_give_nobody_a_password_unless_told() =>
        Definitions()
            .GetProperty("users")
            .EnumerateArray()
            .ShouldAllBe(user => user.GetProperty("password_hash").GetString() == string.Empty);

    [Test]
    public void Should_give_development_passwords_when_told() =>
        Definitions("--passwords", "development")
            .GetProperty("users")
            .EnumerateArray()
            .ShouldAllBe(user => user.GetProperty("password").GetString() == user.GetProperty("name").GetString() + "-dev");

    [Test]
    public void Should_take_the_virtual_host_of_the_settings_or_the_one_that_is_named()
    {
        Definitions().GetProperty("vhosts")[0].GetProperty("name").GetString().ShouldBe("travel");
        Definitions("--vhost", "other")
            .GetProperty("policies")
            .EnumerateArray()
            .ShouldAllBe(policy => policy.GetProperty("vhost").GetString() == "other");
    }

    [Test]
    public void Should_write_a_role_for_each()
    {
        Run([.. Verb, "sql"]).Output.ShouldContain("array['booker', 'hotels', 'air.flights']");
        Run([.. Verb, "sql", "--passwords", "development"]).Output.ShouldContain("service || '-dev'");
    }

    [Test]
    public void Should_say_what_formats_there_are()
    {
        var (status, output, error) = Run([.. Verb, "yaml"]);
        (
            status,
            output.Contains("definitions", StringComparison.Ordinal) || error.Contains("definitions", StringComparison.Ordinal)
        ).ShouldBe((1, true));
    }

    private static bool Allows(string permission, string name) => Regex.IsMatch(name, permission, RegexOptions.NonBacktracking);

    private static JsonElement Definitions(params string[] more) =>
        JsonSerializer.Deserialize<JsonElement>(Run([.. Verb, "definitions", .. more]).Output);

    private static IReadOnlyList<string> Names(string section, params string[] more) =>
        [.. Definitions(more).GetProperty(section).EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    private static string Permission(string user, string what, params string[] more) =>
        Definitions(more)
            .GetProperty("permissions")
            .EnumerateArray()
            .Single(permission => permission.GetProperty("user").GetString() == user)
            .GetProperty(what)
            .GetString()!;

    private static (int Status, string Output, string Error) Run(string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder
            .Services.AddSagaOrchestrator(options =>
            {
                options.Queue = "bookings";
                options.UsePostgres("Host=nowhere", role: "booker").UseRabbitMq(new BusConnection { VirtualHost = "travel" });
            })
            .AddPlan<TripPlan>();
        using var host = builder.Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (TopologyCommand.Run(host.Services, args, output, error), output.ToString(), error.ToString());
    }

    private sealed record StartTrip(string TripId);

    private sealed record Book : SagaCommand;

    private sealed class TripPlan : Plan<StartTrip>
    {
        public TripPlan()
            : base("trip", version: 1)
        {
            Step("book_hotel").At("hotels").Within(TimeSpan.FromSeconds(30)).Do((_, _) => new Book()).UndoneBy((_, _) => new Book());
            Step("book_flight").At("air.flights").Within(TimeSpan.FromSeconds(30)).Do((_, _) => new Book()).UndoneBy((_, _) => new Book());
            Step("extend_hotel").At("hotels").Within(TimeSpan.FromSeconds(30)).Do((_, _) => new Book()).UndoneBy((_, _) => new Book());
        }

        public override StartTrip Example { get; } = new("1");

        public override string BusinessKey(StartTrip data) => data.TripId;

        public override IEnumerable<FieldError> Validate(StartTrip data) => [];
    }
}
