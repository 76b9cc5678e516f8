-- What participants answered, counted from the history as summaries are written: each entry once.
alter table {schema}.saga_summary
    add column counted_to integer not null default 0,
    add column unanswered json;
comment on column {schema}.saga_summary.counted_to is 'Up to which entry of the saga''s history the answers of participants are counted.';
comment on column {schema}.saga_summary.unanswered is
    'When each command was sent that had no answer up to there, by step and direction. Null for none.';

create table {schema}.saga_statistic_answer (
    hour        timestamptz not null,
    type        text not null,
    participant text not null,
    outcome     text not null,
    bucket      integer not null,
    answers     bigint not null,
    primary key (hour, type, participant, outcome, bucket)
);
comment on table {schema}.saga_statistic_answer is
    'How often a participant answered so (Completed, Rejected, Unknown) in an hour, and after how long: bucket n ends at 1.1^n '
    'milliseconds, -1 is for no answer.';
