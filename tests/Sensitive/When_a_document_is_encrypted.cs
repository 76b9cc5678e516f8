using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SagaOrchestrator.Intake.Contracts;
using SagaOrchestrator.Intake.Marks;
using SagaOrchestrator.Sensitive.Keys;
using SagaOrchestrator.Sensitive.Sealing;

namespace SagaOrchestrator.Sensitive.Tests;

/// <summary>What is encrypted comes back to whom has the key, in its place, and to nobody else.</summary>
public sealed class When_a_document_is_encrypted
{
    private readonly DataKey key = DataKey.Draw();

    [Test]
    public void Should_give_back_whatever_was_encrypted() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                name =>
                {
                    var before = Patient.Json(name.Get);
                    var closed = JsonElement.Parse(Patient.Document().Close(before, key));
                    var after = JsonElement.Parse(Patient.Document().Open(closed, _ => key));
                    return JsonElement.DeepEquals(before, after);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void Should_encrypt_every_marked_member_and_no_other()
    {
        var closed = Closed();

        closed.GetProperty("id").GetString().ShouldBe("p-1");
        closed.GetProperty("contacts")[0].GetProperty("kind").GetString().ShouldBe("home");
        closed.GetProperty("contacts")[1].GetProperty("phone").ValueKind.ShouldBe(JsonValueKind.Null);
        closed.GetProperty("other").GetProperty("name").GetString().ShouldBe("Ada", "a member that nobody declares is nobody's");
        MarkedMembers
            .Of(Contract.Of<Patient>().Shape, closed)
            .Select(member => (member.Path, member.Value.GetString()![..7]))
            .ShouldBe([
                ("name", "enc:v1:"),
                ("weight", "enc:v1:"),
                ("notes", "enc:v1:"),
                ("contacts[0].phone", "enc:v1:"),
                ("byRole.mother.phone", "enc:v1:"),
            ]);
    }

    [Test]
    public void Should_never_write_the_same_twice() => Name(Closed()).ShouldNotBe(Name(Closed()));

    [Test]
    public void Should_not_open_what_was_changed_moved_or_cut()
    {
        var name = Name(Closed());
        var place = new SealedPlace(Patient.Saga, SealedPlace.Start, "name");
        SealedValue.Open(name, key, place).ShouldBe("\"Ada\""u8.ToArray());

        Refused(name, place with { Path = "notes" });
        Refused(name, place with { SagaId = Guid.NewGuid() });
        Refused(name, place with { Document = SealedPlace.Result("check") });
        Refused(name[..^4], place);
        Refused(name[..40], place);
        Refused(name + "!", place);
        for (var index = name.LastIndexOf(':') + 1; index < name.Length - 1; index++)
        {
            Refused(name[..index] + (name[index] == 'A' ? 'B' : 'A') + name[(index + 1)..], place);
        }

        Should.Throw<CryptographicException>(() => SealedValue.Open(name, DataKey.Draw(), place));
    }

    [Test]
    public void Should_say_forgotten_where_the_key_is_gone_and_read_as_empty()
    {
        var opened = Patient.Document().Open(Closed(), _ => null);

        Name(JsonElement.Parse(opened)).ShouldBe("enc:v1:forgotten");
        var blank = JsonElement.Parse(MarkedMembers.Blank(Contract.Of<Patient>().Shape, opened));
        blank.GetProperty("name").GetString().ShouldBe(string.Empty);
        blank.GetProperty("weight").ValueKind.ShouldBe(JsonValueKind.Null);
        blank.GetProperty("notes").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement
            .Parse(Patient.Document().Close(Patient.Json("Ada"), key: null))
            .GetProperty("name")
            .GetString()
            .ShouldBe("enc:v1:forgotten");
    }

    [Test]
    public void Should_hold_a_value_to_its_limits_once_it_can_be_read()
    {
        var document = Patient.Document();

        document.Objection(Patient.Json("Ada"), null).ShouldBeNull();
        document.Objection(Patient.Json(new string('x', 41)), null)!.Path.ShouldBe("name");
        document.FirstPlain(Closed()).ShouldBeNull();
        document.FirstPlain(Patient.Json("Ada")).ShouldBe("name");
    }

    // Limits hold for the plain value. Whoever keeps the encrypted one makes room for this.
    [TestCase(1)]
    [TestCase(40)]
    [TestCase(200)]
    [TestCase(4000)]
    public void Should_be_a_third_longer_than_the_plain_value_and_no_more(int characters)
    {
        var bytes = characters + 2;
        var closed = SealedValue.Close(new byte[bytes], key, new SealedPlace(Patient.Saga, SealedPlace.Start, "name"));

        closed.Length.ShouldBeInRange(bytes * 4 / 3 + 60, bytes * 4 / 3 + 70);
    }

    private JsonElement Closed() => JsonElement.Parse(Patient.Document().Close(Patient.Json("Ada"), key));

    private static string Name(JsonElement patient) => patient.GetProperty("name").GetString()!;

    private void Refused(string text, SealedPlace place) =>
        Should.Throw<CryptographicException>(() => Encoding.UTF8.GetString(SealedValue.Open(text, key, place)), text);
}
