-- What is written for every message is kept small: headers and body go in and out as they are, and the outbox, empty but for
-- what is on its way, is read from end to end instead of through an index.
alter table {schema}.outbox
    alter column headers type text using headers::text,
    alter column body type bytea using convert_to(body, 'UTF8');
comment on column {schema}.outbox.body is 'The envelope to the byte, as it will be sent. Read it with convert_from(body, ''UTF8'').';
drop index {schema}.outbox_next_attempt;

-- Every row is deleted a moment after it was written; the space is to be used again soon.
alter table {schema}.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
