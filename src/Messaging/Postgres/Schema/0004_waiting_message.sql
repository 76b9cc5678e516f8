-- What waits does not go round through the queue, where it would take the places of others, and where each crash adds copies.
create table {schema}.waiting_message (
    message_id   uuid not null,
    body_md5     text not null,
    destination  text not null,
    content_type text not null,
    headers      text not null,
    body         bytea not null,
    reason       text not null,
    due_at       timestamptz not null,
    position     bigint not null generated always as identity,
    version      uuid not null default gen_random_uuid(),
    primary key (message_id, body_md5)
);
comment on table {schema}.waiting_message is
    'Messages that wait, each once: for a node of another build, for a saga that may come yet, for something that is away. They '
    'are sent to their queue when they are due.';
comment on column {schema}.waiting_message.body_md5 is 'Two senders may have given two messages one id. Neither is lost for it here.';
comment on column {schema}.waiting_message.reason is 'another-build, orphan, outage or suspect.';
comment on column {schema}.waiting_message.position is 'Those that are due at the same time go in this order.';
comment on column {schema}.waiting_message.version is
    'Drawn anew with every write: who has sent a message deletes its row only when it was not kept again meanwhile.';

alter table {schema}.waiting_message set (autovacuum_vacuum_scale_factor = 0, 
    autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
