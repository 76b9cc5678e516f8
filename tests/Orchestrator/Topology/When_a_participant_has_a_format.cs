using Microsoft.Extensions.Configuration;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Orchestrator.Tests.Topology;

/// <summary>Settings are read whatever the case of their keys.</summary>
public sealed class When_a_participant_has_a_format
{
    [TestCase("Participants:hotels:Format")]
    [TestCase("PARTICIPANTS:HOTELS:FORMAT")]
    public void Should_read_it_from_the_file_and_from_the_environment(string key) =>
        new SagaOrchestratorOptions().ReadFrom(Settings(key)).Formats().Of("hotels").ShouldBe(MessageFormat.Json);

    [Test]
    public void Should_be_one_participant_in_code_and_settings() =>
        new SagaOrchestratorOptions()
            .Participant("hotels", hotels => hotels.Format = MessageFormat.CloudEvents)
            .ReadFrom(Settings("PARTICIPANTS:HOTELS:FORMAT"))
            .Formats()
            .Of("hotels")
            .ShouldBe(MessageFormat.Json);

    private static IConfiguration Settings(string key) =>
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>(key, "json")]).Build();
}
