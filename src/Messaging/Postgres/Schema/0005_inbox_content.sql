-- An id that comes again with another message is no duplicate: its sender uses ids twice, and what it says must not be lost in silence.
alter table {schema}.inbox add column content_hash bigint not null default 0;
comment on column {schema}.inbox.content_hash is
    'Of the message''s type and bytes, so that a second message under the same id is told from a second delivery.';
