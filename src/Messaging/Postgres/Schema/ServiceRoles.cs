namespace SagaOrchestrator.Messaging.Postgres.Schema;

/// <summary>Writes the database roles of services, as a script that may run any number of times.</summary>
public static class ServiceRoles
{
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
                "format('create role %I login password %L', service, service || '-dev')"
            )
            : (
                "One role per service, which can log in once its password is set: alter role NAME password '...'.",
                "format('create role %I login', service)"
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

            """;
    }
}
