-- Development roles: one per service, with development passwords. A service's role is granted its tables when its schema is applied.
do $$
declare service text;
begin
    foreach service in array array['orchestrator', 'inventory', 'payments', 'shipping', 'notifications'] loop
        if not exists (select 1 from pg_roles where rolname = service) then
            execute format('create role %I login password %L connection limit 100', service, service || '-dev');
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
