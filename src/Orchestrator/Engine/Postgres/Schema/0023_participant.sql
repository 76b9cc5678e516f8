-- The sagas that wait for one participant.
create index saga_summary_participant on {schema}.saga_summary (participant, started_at desc, id desc) where participant is not null;
