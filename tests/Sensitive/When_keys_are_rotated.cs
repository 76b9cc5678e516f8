using System.Security.Cryptography;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Sensitive.Tests;

/// <summary>The key of a subject stays the same while the key that wraps it changes.</summary>
public sealed class When_keys_are_rotated
{
    private static readonly SealedPlace Place = new(Patient.Saga, SealedPlace.Start, "name");

    [Test]
    public void Should_read_with_the_new_key_what_was_written_with_the_old_one()
    {
        var key = DataKey.Draw();
        var text = SealedValue.Close("1"u8, key, Place);
        var old = key.Wrap(Patient.Ring("one").Active);

        var between = Patient.Ring("three", "one");
        var now = DataKey.Unwrap(old, between).Wrap(between.Active);

        now.WrappingKey.ShouldBe("three");
        SealedValue.Open(text, DataKey.Unwrap(now, Patient.Ring("three")), Place).ShouldBe("1"u8.ToArray());
        Should.Throw<MissingKeyException>(() => DataKey.Unwrap(old, Patient.Ring("three"))).Message.ShouldContain("Sensitive:Keys:one");
    }

    [Test]
    public void Should_not_unwrap_what_was_changed_or_is_of_another_key()
    {
        var wrapped = DataKey.Draw().Wrap(Patient.Ring("one").Active);

        Should.Throw<CryptographicException>(() => DataKey.Unwrap(wrapped with { Id = DataKey.Draw().Id }, Patient.Ring("one")));
        Should.Throw<CryptographicException>(() => DataKey.Unwrap(wrapped with { WrappingKey = "three" }, Patient.Ring("one", "three")));
        Should.Throw<CryptographicException>(() => DataKey.Unwrap(wrapped with { Bytes = wrapped.Bytes[..20] }, Patient.Ring("one")));
    }

    [Test]
    public void Should_read_a_file_again_when_it_has_changed()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "# made in the first year\nfirst " + Secret(1));
        var file = new KeyFile(path);
        file.Active.Name.ShouldBe("first");

        File.WriteAllText(path, "second " + Secret(2) + "\nfirst " + Secret(1));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        (file.Active.Name, file.Find("first")?.Name).ShouldBe(("second", "first"));

        File.WriteAllText(path, "half of a li");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(2));
        file.Active.Name.ShouldBe("second", "what was read last holds");
        File.Delete(path);
    }

    [TestCase("first")]
    [TestCase("first AAAA")]
    [TestCase("na:me AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("")]
    public void Should_refuse_what_is_no_key_and_not_quote_it(string text) =>
        Should.Throw<ArgumentException>(() => KeyRing.Parse(text)).Message.ShouldNotContain("AAAA");

    private static string Secret(byte of) => Convert.ToBase64String(Enumerable.Repeat(of, 32).ToArray());
}
