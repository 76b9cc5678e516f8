using SagaOrchestrator.Cli.Api;
using SagaOrchestrator.Cli.Profiles;
using SagaOrchestrator.Cli.Tests.Typing;

namespace SagaOrchestrator.Cli.Tests;

/// <summary>What a profile has for one server goes to no other, and two commands at once lose nothing.</summary>
public sealed class When_profiles_change
{
    private Terminal terminal = null!;
    private Elsewhere former = null!;
    private Elsewhere other = null!;

    [SetUp]
    public async Task Open()
    {
        terminal = new Terminal(api: null);
        (former, other) = (await Elsewhere.Open(), await Elsewhere.Open());
        await Set(former, "shop.former");
    }

    [TearDown]
    public async Task Close()
    {
        terminal.Dispose();
        await former.DisposeAsync();
        await other.DisposeAsync();
    }

    [Test]
    public async Task Should_not_send_a_key_to_the_new_address()
    {
        var said = await terminal.Type("profiles", "set", "prod", "--server", other.Address.ToString());
        said.Exit.ShouldBe(ExitCode.Done);
        said.Error.ShouldContain("Its key is forgotten");
        await terminal.Do("summary", "--profile", "prod");
        other.Got.ShouldHaveSingleItem().Key.ShouldBeNull();
    }

    [Test]
    public async Task Should_send_a_key_that_is_given_with_the_new_address()
    {
        await Set(other, "shop.new");
        await terminal.Do("summary", "--profile", "prod");
        other.Got.ShouldHaveSingleItem().Key.ShouldBe("shop.new");
    }

    [Test]
    public async Task Should_keep_the_key_where_the_address_stays()
    {
        await terminal.Do("profiles", "set", "prod", "--default");
        await terminal.Do("profiles", "set", "prod", "--server", former.Address.ToString().TrimEnd('/'));
        await terminal.Do("summary");
        former.Got.ShouldHaveSingleItem().Key.ShouldBe("shop.former");
    }

    [Test]
    public void Should_keep_what_commands_write_at_once()
    {
        var path = Path.Combine(terminal.Home.FullName, "sagas");
        var names = Enumerable.Range(0, 40).Select(number => $"system-{number}").ToArray();
        Parallel.ForEach(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            name =>
            {
                var folder = new SettingsFolder(path);
                folder.Write(name, new StoredTokens("http://api/", name, null, DateTimeOffset.UnixEpoch));
                folder.Change(list => list with { Profiles = list.Profiles.Append(new(name, new Profile())).ToDictionary() });
            }
        );
        var all = new SettingsFolder(path);
        names.ShouldAllBe(name => all.Tokens(name) != null);
        all.Profiles().Profiles.Keys.ShouldBe(names.Append("prod"), ignoreOrder: true);
    }

    private async Task Set(Elsewhere server, string key)
    {
        using var set = terminal.Start("profiles", "set", "prod", "--server", server.Address.ToString(), "--api-key-file", "-");
        await set.Give(key);
        (await set.End()).Exit.ShouldBe(ExitCode.Done);
    }
}
