create table {schema}.write_probe (
    is_it      boolean primary key default true check (is_it),
    written_at timestamptz not null
);
insert into {schema}.write_probe (written_at) values (now());
comment on table {schema}.write_probe is
    'One row, written every few seconds by every node, to know whether a write is committed, and how soon.';
alter table {schema}.write_probe set (fillfactor = 10);
