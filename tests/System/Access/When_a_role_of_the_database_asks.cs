using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using SagaOrchestrator.Messaging.Postgres.Schema;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Access;

/// <summary>Each role tries everything in each schema, as somebody with its password would.</summary>
public sealed class When_a_role_of_the_database_asks
{
    private static readonly string[] Roles = ["orchestrator", "inventory", "payments", "shipping", "notifications"];

    [Test]
    public async Task Should_be_let_in_only_where_the_table_says()
    {
        await using var system = await RunningSystem.Start();
        var table = new StringBuilder();
        foreach (var role in Roles)
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(system.Sandbox.Connection(role)) { Pooling = false }.ConnectionString
            );
            await connection.OpenAsync();
            table.Append(role).Append('\n');
            foreach (var schema in Roles)
            {
                table.Append($"  {schema}: {await Verbs(connection, schema)}\n");
            }

            table.Append($"  besides: {await Besides(connection)}\n");
        }

        var approved = Path.Combine(Source(), "database.approved.txt");
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "database.received.txt"), table.ToString());
        table
            .ToString()
            .ShouldBe(File.Exists(approved) ? await File.ReadAllTextAsync(approved) : string.Empty, "who may do what has changed");
    }

    [Test]
    public async Task Should_have_a_limit_of_connections_that_an_administrator_may_change()
    {
        await using var sandbox = await Sandbox.Create();
        var role = sandbox.Name + "_role";
        try
        {
            await sandbox.Execute(ServiceRoles.Script([role], developmentPasswords: false));
            (await Limit()).ShouldBe(ServiceRoles.ConnectionLimit);
            await sandbox.Execute($"alter role {role} connection limit 7; {ServiceRoles.Script([role], developmentPasswords: false)}");
            (await Limit()).ShouldBe(7);
        }
        finally
        {
            await sandbox.Execute($"drop role {role}");
        }

        Task<int> Limit() => sandbox.Query<int>($"select rolconnlimit from pg_roles where rolname = '{role}'");
    }

    [Test]
    public async Task Should_not_keep_the_migrator_waiting()
    {
        await using var sandbox = await Sandbox.Create();
        await Migrate(sandbox);
        await using var connection = new NpgsqlConnection(sandbox.Connection("payments"));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var reading = new NpgsqlCommand("select count(*) from payments.schema_script", connection);
        await reading.ExecuteScalarAsync();
        await Migrate(sandbox);
    }

    [Test]
    public async Task Should_be_migrated_by_many_at_once()
    {
        await using var sandbox = await Sandbox.Create();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Migrate(sandbox))));
        (await sandbox.Query<long>("select count(*) from payments.schema_script")).ShouldBe(SchemaScript.Outbox.Count);
    }

    private static Task<IReadOnlyList<string>> Migrate(Sandbox sandbox) =>
        SchemaMigrator.Migrate(sandbox.Connection("postgres"), "payments", "payments", SchemaScript.Outbox, CancellationToken.None);

    private static async Task<string> Verbs(NpgsqlConnection connection, string schema)
    {
        var allowed = new List<string>();
        foreach (
            var (verb, sql) in new[]
            {
                ("select", $"select * from {schema}.inbox limit 1"),
                ("insert", $"insert into {schema}.inbox select * from {schema}.inbox limit 0"),
                ("update", $"update {schema}.inbox set message_id = message_id where false"),
                ("delete", $"delete from {schema}.inbox where false"),
                ("truncate", $"truncate {schema}.inbox"),
                ("lock scripts", $"lock table {schema}.schema_script in exclusive mode"),
                ("mark scripts", $"insert into {schema}.schema_script (name) values ('mine')"),
                ("create", $"create table {schema}.mine (id int)"),
                ("drop", $"drop table {schema}.inbox"),
            }
        )
        {
            if (await IsAllowed(connection, sql))
            {
                allowed.Add(verb);
            }
        }

        return allowed.Count == 0 ? "nothing" : string.Join(", ", allowed);
    }

    private static async Task<string> Besides(NpgsqlConnection connection)
    {
        var allowed = new List<string>();
        foreach (
            var (verb, sql) in new[]
            {
                ("temporary table", "create temporary table mine (id int)"),
                ("large object", "select lo_create(0)"),
                ("table in public", "create table public.mine (id int)"),
                ("schema", "create schema mine"),
                ("role", "create role mine"),
                ("database", "select 1 from pg_roles where rolname = current_user and rolcreatedb"),
                ("passwords", "select passwd from pg_shadow limit 1"),
                ("files", "select pg_read_file('PG_VERSION')"),
                ("programs", "copy (select 1) to program 'true'"),
                ("other role", "set role postgres"),
            }
        )
        {
            if (verb == "database" ? await HasRow(connection, sql) : await IsAllowed(connection, sql))
            {
                allowed.Add(verb);
            }
        }

        return allowed.Count == 0 ? "nothing" : string.Join(", ", allowed);
    }

    private static async Task<bool> HasRow(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is not null;
    }

    // Nothing of it stays.
    private static async Task<bool> IsAllowed(NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    private static string Source([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
