alter table {schema}.fence
    add column version integer not null default 1,
    alter column do_reply type json using do_reply::json;
alter table {schema}.fence set (fillfactor = 80);
comment on column {schema}.fence.version is 'Counts the changes of the row; a unit that was made from an older one is made again.';
