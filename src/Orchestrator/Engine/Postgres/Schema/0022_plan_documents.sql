-- Plans that came as documents while nodes ran. Each node looks for those that it does not have.
create table {schema}.plan_document (
    type          text not null,
    version       integer not null,
    document      text not null,
    hash          text not null,
    registered_by text not null,
    registered_at timestamptz not null default now(),
    primary key (type, version)
);
comment on table {schema}.plan_document is
    'Append-only: a plan version as a document. One that is there never changes, because sagas may be under way on it.';

-- The services' role may add and read, and nothing else.
create function {schema}.keep_plan_document() returns trigger language plpgsql set search_path = '' as
$$
begin
    raise exception 'A registered plan document does not change. Register another version.';
end
$$;
create trigger plan_document_stays before update or delete or truncate on {schema}.plan_document
    for each statement execute function {schema}.keep_plan_document();
