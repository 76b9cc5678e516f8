-- What each node sees by itself. An alarm of it stands as long as one node that is alive says so.
create table {schema}.alarm_sight (
    node    uuid not null,
    kind    text not null,
    subject text not null,
    detail  text not null,
    seen_at timestamptz not null default now(),
    primary key (node, kind, subject)
);
comment on table {schema}.alarm_sight is
    'What a node sees by itself: its breakers, and what its watch finds. It says so again every five seconds; what is older counts no more.';
