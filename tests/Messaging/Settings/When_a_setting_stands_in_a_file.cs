using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messaging.Postgres.Databases;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Tests.Settings;

public sealed class When_a_setting_stands_in_a_file
{
    private readonly List<string> files = [];

    [TearDown]
    public void Remove() => files.ForEach(File.Delete);

    [Test]
    public void Should_be_what_the_file_holds_without_the_line_end()
    {
        var settings = Settings(("RabbitMq:Password:File", Holding("s3cret \n")), ("RabbitMq:Username", "shop"));
        var broker = settings.ReadShared<BusConnection>("RabbitMq");
        (broker.Username, broker.Password).ShouldBe(("shop", "s3cret "));
    }

    [Test]
    public void Should_hold_for_connection_strings_and_items_of_lists()
    {
        var settings = Settings(
            ("ConnectionStrings:Orchestrator:File", Holding("Host=here;Password=s3cret\n")),
            ("Lists:Names:0:File", Holding("first")),
            ("Lists:Names:1", "second")
        );
        ConnectionStrings.Required(settings, "Orchestrator").ShouldBe("Host=here;Password=s3cret");
        settings.Read<Listed>("Lists").Names.ShouldBe(["first", "second"]);
    }

    [Test]
    public void Should_hold_for_every_key_of_a_host()
    {
        using var settings = new ConfigurationManager();
        settings.AddSecretFiles();
        settings.AddInMemoryCollection([new("Kestrel:Certificates:Default:Password:File", Holding("s3cret"))]);
        settings["Kestrel:Certificates:Default:Password"].ShouldBe("s3cret");

        new ConfigurationBuilder()
            .AddInMemoryCollection([new("Mail:Password:File", Holding("other"))])
            .AddSecretFiles()
            .Build()["Mail:Password"]
            .ShouldBe("other");
    }

    [Test]
    public void Should_be_read_anew_when_the_file_has_changed()
    {
        var file = Holding("before");
        var settings = Settings(("RabbitMq:Password:File", file));
        settings.ReadShared<BusConnection>("RabbitMq").Password.ShouldBe("before");
        File.WriteAllText(file, "after");
        settings.ReadShared<BusConnection>("RabbitMq").Password.ShouldBe("after");
    }

    [Test]
    public void Should_refuse_a_file_that_is_missing() =>
        Refusal(("RabbitMq:Password:File", "/nowhere/broker"))
            .ShouldBe(
                "The setting RabbitMq:Password:File names '/nowhere/broker', which is not there. Mount it there, or correct the path."
            );

    [Test]
    public void Should_refuse_a_file_that_is_empty()
    {
        var file = Holding("\n");
        Refusal(("RabbitMq:Password:File", file))
            .ShouldBe($"The setting RabbitMq:Password:File names '{file}', which is empty. Write the setting into that file.");
    }

    [Test]
    public void Should_refuse_a_file_that_cannot_be_read()
    {
        var folder = Path.GetTempPath();
        Refusal(("RabbitMq:Password:File", folder))
            .ShouldBe(
                $"The setting RabbitMq:Password:File names '{folder}', which cannot be read as a file. Let the user "
                    + $"'{Environment.UserName}' read it, or correct the path."
            );
    }

    [Test]
    public void Should_refuse_a_value_beside_the_file() =>
        Refusal(("RabbitMq:Password:File", Holding("s3cret")), ("RabbitMq:Password", "other"))
            .ShouldBe("The setting RabbitMq:Password is given, and RabbitMq:Password:File too. Remove one of them.");

    [Test]
    public void Should_leave_alone_what_nobody_reads_as_a_setting()
    {
        using var settings = new ConfigurationManager();
        settings.AddInMemoryCollection([new("Import:File", "/nowhere/list.csv"), new("RabbitMq:Username", "shop")]);
        settings.AddSecretFiles();
        settings["Import:File"].ShouldBe("/nowhere/list.csv");
        settings.ReadShared<BusConnection>("RabbitMq").Username.ShouldBe("shop");
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

    private static string Refusal(params (string Key, string Value)[] settings) =>
        Should.Throw<InvalidSettingException>(() => Settings(settings).ReadShared<BusConnection>("RabbitMq")).Message;

    private string Holding(string text)
    {
        var file = Path.GetTempFileName();
        files.Add(file);
        File.WriteAllText(file, text);
        return file;
    }

    public sealed record Listed
    {
        public IReadOnlyList<string> Names { get; init; } = [];
    }
}
