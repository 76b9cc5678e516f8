using System.Text;
using SagaOrchestrator.Intake.Contracts;

namespace SagaOrchestrator.Sensitive.Tests;

/// <summary>Somebody sends what looks like an encrypted value to a door that takes plain ones.</summary>
public sealed class When_a_value_pretends_to_be_encrypted
{
    [TestCase("enc:v1:x")]
    [TestCase("\\u0065nc:v1:x")]
    [TestCase("enc\\u003av1:abc:Jane Doe")]
    [TestCase("enc:v\\u0031:forgotten")]
    public void Should_be_refused_however_it_is_written(string name)
    {
        var json = Patient(name);
        var refusals = Contract.Of<Patient>().Check(json);
        refusals.ShouldHaveSingleItem().Path.ShouldBe("name");
        refusals[0].Got.ShouldBe("an encrypted one");
    }

    [TestCase("\\ud83d\\ude80nc:v1:x")]
    [TestCase("\\u0065nc:v2:x")]
    public void Should_be_taken_when_it_only_resembles_one(string name)
    {
        var json = Patient(name);
        Contract.Of<Patient>().Check(json).ShouldBeEmpty();
    }

    private static byte[] Patient(string name) =>
        Encoding.UTF8.GetBytes(
            Tests.Patient.Json("Ada").GetRawText().Replace("\"name\":\"Ada\"", $"\"name\":\"{name}\"", StringComparison.Ordinal)
        );
}
