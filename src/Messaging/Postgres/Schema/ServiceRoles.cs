namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>
/// Writes the database roles of services, as a script that may run any number of times, in the database that the services use.
/// </summary>
public static class ServiceRoles
{
    /// <summary>How many connections a new role may have, over all nodes of its service. A limit that somebody has changed stays.</summary>
    public const int ConnectionLimit = 100;

    /// <summary>One role for each service. Its tables are granted to it when its schema is applied.</summary>
    /// <param name="roles">Their names.</param>
    /// <param name="developmentPasswords">Whether each gets the password <c>NAME-dev</c>; otherwise none can log in until a password is
    /// set.</param>
    public static string Script(IEnumerable<string> roles, bool developmentPasswords)
    {
        var names = string.Join(", ", roles.Select(role => $"'{role.Replace("'", "''", StringComparison.Ordinal)}'"));
        var (about, create) = developmentPasswords
            ? (
                "Development roles: one per service, with development passwords.",
                $"format('create role %I login password %L connection limit {ConnectionLimit}', service, service || '-dev')"
            )
            : (
                "One role per service, which can log in once its password is set: alter role NAME password '...'.",
                $"format('create role %I login connection limit {ConnectionLimit}', service)"
            );
        return $"""
            -- {about} A service's role is granted its tables when its schema is applied.
            do $$
            declare service text;
            begin
                foreach service in array array[{names}] loop
                    if not exists (select 1 from pg_roles where rolname = service) then
                        execute {create};
                    end if;
                end loop;
            end $$;
            -- No service makes temporary tables or large objects in this database, so none may.
            do $$
            begin
                execute format('revoke temporary on database %I from public', current_database());
                revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
            exception when insufficient_privilege then
                raise warning 'Temporary tables and large objects are still allowed: run this as a superuser.';
            end $$;

            """;
    }
}
