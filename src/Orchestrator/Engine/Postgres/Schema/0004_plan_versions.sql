create table {schema}.plan_version (
    type          text not null,
    version       integer not null,
    fingerprint   text not null,
    registered_at timestamptz not null default now(),
    primary key (type, version)
);
comment on table {schema}.plan_version is
    'The structure of every plan version that was ever started here. A changed one with sagas under way is refused at start-up.';
