-- The sagas of a type, or in a state, that were undone: where there are none, nobody looks through all that were.
create index saga_summary_undone_type on {schema}.saga_summary (type, state, started_at desc, id desc) where was_undone;
