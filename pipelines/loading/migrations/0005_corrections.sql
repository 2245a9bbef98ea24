-- Grain: one row per line of the corrections file, as it stands now; `problem` says why a line is refused.
create table raw.corrections (
    file varchar not null,
    line bigint not null,
    action varchar,
    id varchar,
    other_id varchar,
    field varchar,
    value varchar,
    passage varchar,
    columns map(varchar, varchar),
    fact_types varchar[],
    corrected_by varchar,
    corrected_on date,
    reason varchar,
    problem varchar
);
