using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SagaOrchestrator.Tests.Servers;

namespace SagaOrchestrator.Tests.Tls;

/// <summary>A Postgres of a test's own that takes TLS only, and from each role only with a certificate of its name.</summary>
internal sealed class TlsDatabase : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin/";

    private readonly string data;
    private readonly string certificates;
    private readonly int port = FreePort.Find();
    private Process process = null!;

    private TlsDatabase(string data, string certificates) => (this.data, this.certificates) = (data, certificates);

    /// <param name="data">Where it keeps its data.</param>
    /// <param name="certificates">Has server.crt, server.key, ca.crt and a certificate of each role.</param>
    public static async Task<TlsDatabase> Start(string data, string certificates)
    {
        var database = new TlsDatabase(data, certificates);
        await database.Make();
        await database.TakeCertificates();
        database.process = OwnTool.Launch(
            AsPostgres()[0],
            environment: null,
            [.. AsPostgres().Skip(1), Binaries + "postgres", "-D", data, "-p", database.port.ToString(CultureInfo.InvariantCulture)]
        );
        await Eventually.True(database.Answers, "Postgres answers");
        await database.Execute("postgres", await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "infra/postgres/roles.sql")));
        await database.Execute("postgres", "create database saga");
        return database;
    }

    /// <summary>A connection string over mutual TLS.</summary>
    public string Connection(string role, string password = "", string database = "saga") =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = role,
            Password = password.Length > 0 ? password : role + "-dev",
            SslMode = SslMode.VerifyFull,
            RootCertificate = Path.Combine(certificates, "ca.crt"),
            SslCertificate = Path.Combine(certificates, role + ".crt"),
            SslKey = Path.Combine(certificates, role + ".key"),
            MaxPoolSize = 30,
            Timeout = 5,
        }.ConnectionString;

    /// <summary>Takes the server's certificate, its key and the authority as they are now.</summary>
    public async Task TakeCertificates()
    {
        foreach (var file in new[] { "server.crt", "server.key", "ca.crt" })
        {
            var copy = Path.Combine(data, file);
            File.Copy(Path.Combine(certificates, file), copy, overwrite: true);
            await OwnTool.Run("chmod", environment: null, "600", copy);
            await Own(copy);
        }
    }

    /// <summary>New connections meet what was replaced; a moment later.</summary>
    public Task Reload() => OwnTool.Run("kill", environment: null, "-HUP", process.Id.ToString(CultureInfo.InvariantCulture));

    public async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Connection("postgres", database: database)) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await OwnTool.Run(
            AsPostgres()[0],
            environment: null,
            [.. AsPostgres().Skip(1), Binaries + "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        );
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string[] AsPostgres() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : ["env"];

    private static Task Own(string path) =>
        Environment.IsPrivilegedProcess ? OwnTool.Run("chown", environment: null, "postgres", path) : Task.CompletedTask;

    private async Task Make()
    {
        Directory.CreateDirectory(data);
        await Own(data);
        var password = Path.GetTempFileName();
        await File.WriteAllTextAsync(password, "postgres-dev");
        await Own(password);
        await OwnTool.Run(
            AsPostgres()[0],
            environment: null,
            [
                .. AsPostgres().Skip(1),
                Binaries + "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ]
        );
        File.Delete(password);
        await File.AppendAllTextAsync(
            Path.Combine(data, "postgresql.conf"),
            $"""

            listen_addresses = '127.0.0.1,127.0.0.2'
            unix_socket_directories = '{data}'
            max_connections = 200
            ssl = on
            ssl_ca_file = 'ca.crt'

            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(data, "pg_hba.conf"),
            "hostssl all all 127.0.0.0/8 scram-sha-256 clientcert=verify-full\n"
        );
    }

    private async Task<bool> Answers()
    {
        try
        {
            await Execute("postgres", "select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
