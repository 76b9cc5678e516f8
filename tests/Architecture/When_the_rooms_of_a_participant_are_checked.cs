using System.Reflection;
using System.Runtime.CompilerServices;

namespace SagaOrchestrator.Architecture.Tests;

public sealed class When_the_rooms_of_a_participant_are_checked
{
    private const string Kit = "SagaOrchestrator.Participants";
    private const string DbContexts = Kit + ".EntityFrameworkCore";
    private const string EntityFramework = "EntityFrameworkCore";

    [Test]
    public void Should_find_that_the_kit_does_not_know_Entity_Framework() =>
        References(Kit).ShouldAllBe(name => !name.Contains(EntityFramework, StringComparison.Ordinal));

    [Test]
    public void Should_find_that_the_kit_is_closed_to_steps_on_a_DbContext() =>
        Assembly
            .Load(Kit)
            .GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .ShouldNotContain(DbContexts);

    [Test]
    public void Should_find_what_steps_on_a_DbContext_are_made_of() =>
        References(DbContexts)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .ShouldBe(
                [
                    Kit,
                    "SagaOrchestrator.Messages",
                    "SagaOrchestrator.Messaging",
                    "Microsoft.EntityFrameworkCore",
                    "Microsoft.EntityFrameworkCore.Relational",
                    "Npgsql",
                    "Npgsql.EntityFrameworkCore.PostgreSQL",
                ],
                ignoreOrder: true
            );

    private static string[] References(string room) =>
        [.. Assembly.Load(room).GetReferencedAssemblies().Select(reference => reference.Name!)];
}
