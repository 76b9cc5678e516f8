using System.ComponentModel.DataAnnotations;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Sensitive.Tests;

/// <summary>What cannot be encrypted, or would be plain all the same, is found when the plan is registered.</summary>
public sealed class When_a_plan_has_marks
{
    [Test]
    public void Should_have_none_where_nothing_is_marked() => new PlainPlan().Marks.ShouldBeNull();

    [Test]
    public void Should_find_nothing_where_all_is_well() => new GoodPlan().Marks!.Findings.ShouldBeEmpty();

    [Test]
    public void Should_name_each_member_that_cannot_be_forgotten_and_each_plain_copy()
    {
        var findings = new BadPlan().Marks!.Findings;

        findings.Count.ShouldBe(6, string.Join('\n', findings));
        findings[0].ShouldStartWith("The member 'age' of BadStart is [Sensitive] and has no empty value");
        findings[1].ShouldStartWith("The member 'passport' of BadStart");
        findings[2].ShouldStartWith("The subject 'Name' of BadStart is not a member that is a text");
        findings[3].ShouldStartWith("The business key has the [Sensitive] value of 'name'");
        findings[4].ShouldStartWith("A column has the [Sensitive] value of 'name'");
        findings[5].ShouldStartWith("Step 'greet' sends the [Sensitive] value of 'name' in a member of Greet that is not marked");
    }

    [Test]
    public void Should_name_what_throws_once_the_subject_is_forgotten()
    {
        var findings = new ThrowingPlan().Marks!.Findings;

        findings.Count.ShouldBe(2, string.Join('\n', findings));
        findings[0].ShouldStartWith("The condition of step 'greet' throws IndexOutOfRangeException once the subject is forgotten");
        findings[1].ShouldStartWith("The compensation of step 'greet' throws InvalidOperationException once the subject is forgotten");
        findings.ShouldAllBe(finding => !finding.Contains("Ada"));
    }

    [Test]
    public void Should_warn_of_a_key_that_looks_like_a_person()
    {
        new PlainPlan().Warnings.Single().ShouldContain("looks like an e-mail address");
        new GoodPlan().Warnings.Single().ShouldContain("The subject of the plan 'good' looks like a telephone number");
        new BadPlan().Warnings.ShouldBeEmpty();
    }

    public sealed record PlainStart(string Email);

    public sealed record Greet(string Name) : SagaCommand;

    public sealed record GreetWell([Sensitive] string Name) : SagaCommand;

    [Sensitive(Subject = nameof(Phone))]
    public sealed record GoodStart(string Id, string Phone, [Sensitive] string Name, [Sensitive] int? Age);

    [Sensitive(Subject = nameof(Name))]
    public sealed record BadStart([Sensitive] string Name, [Sensitive] int Age, [property: Key] [Sensitive] string Passport);

    private sealed class PlainPlan : Plan<PlainStart>
    {
        public PlainPlan()
            : base("plain", version: 1) => Step("greet").At("greeters").Do((start, _) => new Greet(start.Email)).WithoutEffect();

        public override PlainStart Example { get; } = new("ada@example.com");

        public override string BusinessKey(PlainStart data) => data.Email;

        public override IEnumerable<FieldError> Validate(PlainStart data) => [];
    }

    private sealed class GoodPlan : Plan<GoodStart>
    {
        public GoodPlan()
            : base("good", version: 1) => Step("greet").At("greeters").Do((start, _) => new GreetWell(start.Name)).WithoutEffect();

        public override GoodStart Example { get; } = new("4711", "+44 20 7946 0000", "Ada Lovelace", 36);

        public override string BusinessKey(GoodStart data) => data.Id;

        public override IEnumerable<FieldError> Validate(GoodStart data) => [];
    }

    private sealed class ThrowingPlan : Plan<GoodStart>
    {
        public ThrowingPlan()
            : base("throwing", version: 1) =>
            Step("greet")
                .At("greeters")
                .If((start, _) => start.Name[0] != 'X')
                .Do((start, _) => new GreetWell(start.Name))
                .UndoneBy((start, _) => new GreetWell(start.Name.Split(' ').First(word => word.Length > 0)));

        public override GoodStart Example { get; } = new("4711", "c-1", "Ada Lovelace", 36);

        public override string BusinessKey(GoodStart data) => data.Id;

        public override IEnumerable<FieldError> Validate(GoodStart data) => [];
    }

    private sealed class BadPlan : Plan<BadStart>
    {
        public BadPlan()
            : base("bad", version: 1)
        {
            Column("name", start => start.Name);
            Step("greet").At("greeters").Do((start, _) => new Greet("Dear " + start.Name)).WithoutEffect();
        }

        public override BadStart Example { get; } = new("Ada Lovelace", 36, "X-1");

        public override string BusinessKey(BadStart data) => "key of " + data.Name;

        public override IEnumerable<FieldError> Validate(BadStart data) => [];
    }
}
