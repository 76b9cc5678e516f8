using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using SagaOrchestrator.Packages.Tests.Outside;

namespace SagaOrchestrator.Packages.Tests;

/// <summary>Another team: it has never seen this repository, and has the packages and the templates.</summary>
public sealed class When_a_team_builds_from_packages
{
    private const int Trips = 200;
    private const string Trip = "Acme.Trips";
    private const string Hotels = "Acme.Hotels";
    private const string Cards = "Acme.Cards";
    private static readonly string[] Contracts = ["--contracts", $"{Trip}.Contracts"];

    [OneTimeSetUp]
    public static async Task Make()
    {
        await Packed.Workshop.New("saga-host", Trip);
        await Packed.Workshop.New("saga-participant", Hotels, Contracts);
        await Packed.Workshop.New("saga-participant", Cards, ["--queue", "cards", "--storage", "efcore", .. Contracts]);
        await Packed.Workshop.New("saga-plan", "Acme.Plans", "--plan", "Cruise", "--saga", "cruise", "--participant", "ships");
    }

    [Test]
    [Property("Rule", "S24")]
    [Property("Rule", "S26")]
    public async Task Should_pass_the_templates_tests_and_end_every_trip_with_every_effect_once_although_each_process_is_killed()
    {
        string[] participating = [Trip, Hotels, Cards];
        await Test([.. participating, "Acme.Plans"]);
        Array.ForEach(participating, Packed.Workshop.Overlay);
        await Test(participating);

        await using var servers = await TeamServers.Create();
        var url = $"http://127.0.0.1:{FreePort()}";
        using var host = Program(Trip, new Dictionary<string, string>(servers.SettingsOf("Orchestrator")) { ["ASPNETCORE_URLS"] = url });
        using var hotels = Program(Hotels, servers.SettingsOf("hotels"));
        using var cards = Program(Cards, servers.SettingsOf("cards"));
        string[] topology = ["topology", "--vhost", servers.VirtualHost, "--passwords", "development", "--format"];
        await servers.Declare(await host.Ask([.. topology, "definitions"]), await host.Ask([.. topology, "sql"]));
        TeamProgram[] programs = [hotels, cards, host];
        Array.ForEach(programs, program => program.Start());
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        for (var trip = 0; trip < Trips; trip++)
        {
            if (trip % 50 == 40 && trip / 50 < programs.Length)
            {
                programs[trip / 50].KillAndStart();
            }

            await Start(client, trip, host);
        }

        await Until(
            async () => await servers.Count("select 1 from orchestrator.saga where ended_at is not null") == Trips,
            async () => $"{await servers.Unended()}\n{string.Join('\n', programs.Select(program => program.Tail))}"
        );
        await Check(servers);
    }

    [Test]
    public async Task Should_install_the_terminal_and_find_its_verbs()
    {
        var sagas = await Packed.Workshop.InstallTerminal();
        (await Shell.Run(Packed.Workshop.Root, sagas, "--help")).ShouldContain("dead-letters");
        (await Shell.Run(Packed.Workshop.Root, sagas, "[suggest:11]", "sagas expla")).Trim().ShouldBe("explain");
    }

    private static async Task Test(string[] names)
    {
        foreach (var name in names)
        {
            (await Packed.Workshop.Test(name)).ShouldContain("Passed!", customMessage: name);
        }
    }

    // Of five trips: no hotel there; a card that is refused; a voucher that is refused; and two that go through.
    private static StartTrip Ordered(int trip) =>
        (trip % 5) switch
        {
            0 => new($"T-{trip}", "Nowhere", 100),
            1 => new($"T-{trip}", "Rome", 5000),
            2 => new($"T-{trip}", "Atlantis", 100),
            _ => new($"T-{trip}", "Rome", 100),
        };

    private static async Task Check(TeamServers servers)
    {
        (await servers.Count("select 1 from orchestrator.saga where state = 'Completed'")).ShouldBe(Trips / 5 * 2);
        (await servers.Count("select 1 from orchestrator.saga where state = 'Failed'")).ShouldBe(Trips / 5 * 3);
        (await servers.Count("select 1 from hotels.booking")).ShouldBe(Trips / 5 * 4);
        (await servers.Count("select 1 from hotels.booking where cancelled_at is not null")).ShouldBe(Trips / 5 * 2);
        (await servers.Count("select 1 from hotels.voucher")).ShouldBe(Trips / 5 * 2);
        (await servers.Count("select saga_id from hotels.voucher group by saga_id having count(*) > 1")).ShouldBe(0);
        (await servers.Count("select 1 from cards.charge")).ShouldBe(Trips / 5 * 3);
        (await servers.Count("select saga_id from cards.charge group by saga_id having count(*) > 1")).ShouldBe(0);
        (await servers.Count("select 1 from cards.charge where refunded_at is not null")).ShouldBe(Trips / 5);
        (
            await servers.Count(
                """
                select 1 from orchestrator.saga_history card join orchestrator.saga_history hotel using (saga_id)
                where card.data ->> 'type' = 'compensation_completed' and card.data ->> 'step' = 'charge_card'
                  and hotel.data ->> 'type' = 'compensation_completed' and hotel.data ->> 'step' = 'book_hotel' and card.version < hotel.version
                """
            )
        ).ShouldBe(Trips / 5, "undone in reverse");
        foreach (var queue in new[] { "orchestrator.dead-letter", "hotels.dead-letter", "cards.dead-letter", "unrouted" })
        {
            (await servers.Messages(queue)).ShouldBe(0, queue);
        }
    }

    private static TeamProgram Program(string name, IReadOnlyDictionary<string, string> settings) =>
        new(Path.Combine(Packed.Workshop.Root, name, name), name, settings);

    // A start that was not answered is sent again: the same trip is the same saga.
    private static Task Start(HttpClient client, int trip, TeamProgram host) =>
        Until(
            async () =>
            {
                try
                {
                    using var answer = await client.PostAsJsonAsync("/api/v1/sagas/trip", Ordered(trip));
                    return answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => Task.FromResult(host.Tail)
        );

    private static async Task Until(Func<Task<bool>> condition, Func<Task<string>> otherwise)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var giveUp = DateTime.UtcNow.AddMinutes(3);
        while (!await condition())
        {
            if (DateTime.UtcNow > giveUp)
            {
                Assert.Fail(await otherwise());
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record StartTrip(string TripId, string City, decimal Price);
}
