-- The sagas of a type, or in a state, that were undone, in the order of lists: where there are none, nobody looks through all that were.
create index saga_summary_undone_type on {schema}.saga_summary (type, started_at desc, id desc) where was_undone;
create index saga_summary_undone_state on {schema}.saga_summary (state, started_at desc, id desc) where was_undone;
