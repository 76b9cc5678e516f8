using System.Text.Json;
using SagaOrchestrator.Engine.Postgres;

namespace SagaOrchestrator.Tests.Plans;

public sealed class When_a_participant_brings_a_nul
{
    [TestCase("a\0b", "a\uFFFDb")]
    [TestCase("\0\0", "\uFFFD\uFFFD")]
    [TestCase(@"\u0000", @"\u0000")]
    [TestCase("\\\0", "\\\uFFFD")]
    [TestCase("nothing", "nothing")]
    public void Should_replace_it_and_nothing_else(string text, string stored) =>
        JsonSerializer.Deserialize<string>(NulCharacters.Replaced(JsonSerializer.Serialize(text))).ShouldBe(stored);
}
