using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SagaOrchestrator.Participants.Steps;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.EntityFrameworkCore;

/// <summary>
/// However a team registers its context, a step has it in the kit's transaction, and the rest of the host as it was registered.
/// </summary>
public sealed class When_a_DbContext_is_registered
{
    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way(
            "a_connection_string",
            (services, connection) => services.AddDbContext<HotelsContext>(options => options.UseNpgsql(connection))
        );
        yield return Way(
            "the_participants_data_source",
            (services, _) => services.AddDbContext<HotelsContext>(options => options.UseNpgsql())
        );
        yield return Way(
            "a_data_source",
            (services, connection) =>
                services
                    .AddKeyedSingleton("teams", (_, _) => NpgsqlDataSource.Create(connection))
                    .AddDbContext<HotelsContext>(
                        (provider, options) => options.UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>("teams"))
                    )
        );
        yield return Way(
            "retries",
            (services, connection) =>
                services.AddDbContext<HotelsContext>(options => options.UseNpgsql(connection, npgsql => npgsql.EnableRetryOnFailure()))
        );
        yield return Way(
            "a_factory",
            (services, connection) => services.AddDbContextFactory<HotelsContext>(options => options.UseNpgsql(connection))
        );
        yield return Way(
            "a_pool",
            (services, connection) => services.AddDbContextPool<HotelsContext>(options => options.UseNpgsql(connection), poolSize: 1)
        );
        yield return Way(
            "a_pool_of_the_participants_data_source",
            (services, _) => services.AddDbContextPool<HotelsContext>(options => options.UseNpgsql(), poolSize: 1)
        );
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Should_work_with(Action<IServiceCollection, string> register)
    {
        await using var hotels = await HotelsParticipant.Start(register);
        var sagas = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var sagaId in sagas)
        {
            hotels.Instead.Do[sagaId] = async (db, context) =>
            {
                // What it opens and does not close, and a setting that is not the next one's.
                await db.Database.OpenConnectionAsync(context.CancellationToken);
                db.Bookings.Add(
                    new Booking
                    {
                        SagaId = sagaId,
                        Note = "saved",
                        Rooms = 1,
                    }
                );
                await db.SaveChangesAsync(context.CancellationToken);
                db.Bookings.Add(
                    new Booking
                    {
                        SagaId = sagaId,
                        Note = "not saved",
                        Rooms = 1,
                    }
                );
                var found = await db.Bookings.CountAsync(row => row.SagaId == sagaId, context.CancellationToken);
                return sagaId == sagas[1]
                    ? new StepOutcome.Rejected("full", "No room is left.")
                    : new StepOutcome.Completed(new RoomsBooked(found));
            };
            await hotels.Book(sagaId);
            await hotels.Replies(sagaId);
        }

        (await Count(hotels, sagas)).ShouldBe([2, 0, 2]);
    }

    [Test]
    public async Task Should_give_a_context_of_a_pool_its_own_connection_back()
    {
        await using var hotels = await HotelsParticipant.Start(
            (services, connection) => services.AddDbContextPool<HotelsContext>(options => options.UseNpgsql(connection), poolSize: 1)
        );
        var sagaId = Guid.NewGuid();
        var used = new TaskCompletionSource<Guid>();
        hotels.Instead.Do[sagaId] = (db, _) =>
        {
            used.SetResult(db.ContextId.InstanceId);
            db.Bookings.Add(
                new Booking
                {
                    SagaId = sagaId,
                    Note = "one",
                    Rooms = 1,
                }
            );
            return new StepOutcome.Completed();
        };
        await hotels.Book(sagaId);
        await hotels.Replies(sagaId);

        await Eventually.True(
            async () =>
            {
                await using var scope = hotels.Scope();
                var db = scope.ServiceProvider.GetRequiredService<HotelsContext>();
                (await db.Bookings.CountAsync(row => row.SagaId == sagaId)).ShouldBe(1);
                db.ChangeTracker.Entries().ShouldBeEmpty();
                return db.ContextId.InstanceId == await used.Task;
            },
            "the step's context is back in the pool"
        );
    }

    [Test]
    public async Task Should_refuse_one_with_a_connection_of_its_own()
    {
        await using var hotels = await HotelsParticipant.Start(
            (services, connection) => services.AddDbContext<HotelsContext>(options => options.UseNpgsql(new NpgsqlConnection(connection)))
        );
        var sagaId = Guid.NewGuid();
        await hotels.Book(sagaId);

        var faulted = (await hotels.Replies(sagaId)).Single();
        faulted.GetProperty("kind").GetString().ShouldBe("faulted");
        faulted
            .GetProperty("reason")
            .GetString()
            .ShouldBe(
                "HotelsContext is registered with a connection of its own, which a step cannot replace. Register it with a connection "
                    + "string or a data source."
            );
    }

    private static async Task<IEnumerable<long>> Count(HotelsParticipant hotels, IEnumerable<Guid> sagas)
    {
        var counts = new List<long>();
        foreach (var sagaId in sagas)
        {
            counts.Add(await hotels.Bookings(sagaId));
        }

        return counts;
    }

    private static TestCaseData Way(string name, Action<IServiceCollection, string> register) =>
        new TestCaseData(register).SetName($"{nameof(Should_work_with)}_{name}");
}
