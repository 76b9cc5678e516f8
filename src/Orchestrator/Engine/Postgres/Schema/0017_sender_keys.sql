create table {schema}.sender_key (
    id      integer generated always as identity primary key,
    key     bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    made_at timestamptz not null default now()
);
comment on table {schema}.sender_key is
    'With the newest key the orchestrator proves who sent a message that is a dead letter now; older ones still hold. Rotate by inserting '
    'a row of defaults and restarting the nodes one after another.';
insert into {schema}.sender_key default values;
