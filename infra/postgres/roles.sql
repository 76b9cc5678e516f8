-- Development roles: one per service, with development passwords. A service's role is granted its tables when its schema is applied.
do $$
declare service text;
begin
    foreach service in array array['orchestrator', 'inventory', 'payments', 'shipping', 'notifications'] loop
        if not exists (select 1 from pg_roles where rolname = service) then
            execute format('create role %I login password %L', service, service || '-dev');
        end if;
    end loop;
end $$;
