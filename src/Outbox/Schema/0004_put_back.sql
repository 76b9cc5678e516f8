-- What no node here can handle does not go round through the queue, where it would take the places of others, and where each crash adds copies.
create table {schema}.put_back (
    message_id   uuid primary key,
    destination  text not null,
    content_type text not null,
    headers      text not null,
    body         bytea not null,
    due_at       timestamptz not null,
    version      uuid not null default gen_random_uuid()
);
comment on table {schema}.put_back is 'Messages for a node of another build, each once. They go to their queue again when they are due, and come back while no node can handle them.';
comment on column {schema}.put_back.version is 'Drawn anew with every write: who has sent a message deletes its row only when it was not put back again meanwhile.';

alter table {schema}.put_back set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
