create table {schema}.subject_key (
    id           text primary key,
    subject      text not null unique,
    wrapping_key text not null,
    wrapped      bytea not null,
    made_at      timestamptz not null default now(),
    wrapped_at   timestamptz not null default now()
);
create table {schema}.forgotten_key (
    id           text primary key,
    forgotten_at timestamptz not null default now()
);
comment on table {schema}.forgotten_key is
    'The names of keys that were deleted. They are random and name nobody. A key that is in neither table was lost, not forgotten: what it '
    'encrypts waits for it.';
create index subject_key_wrapping_key on {schema}.subject_key (wrapping_key);
comment on table {schema}.subject_key is
    'The key of each subject, wrapped by a key that is not in the database; the subject '''' is the system. Who deletes a row forgets the '
    'subject: what is encrypted with its key is unreadable from then on. Leave the rows out of dumps that are kept: '
    'pg_dump --exclude-table-data=*.subject_key.';
