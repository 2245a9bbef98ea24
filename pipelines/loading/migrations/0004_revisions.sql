-- What published warehouses have said over time. Rows are only ever added: see ../events.py.

-- Grain: one row per report and publication in which it was new, read differently, changed its event, or was gone.
create table raw.report_revisions (
    report_id varchar not null,
    fact_type varchar not null,
    recorded_at timestamp not null,
    change varchar not null,
    withdrawal_reason varchar,
    event_id varchar,
    document_id varchar not null,
    source_path varchar,
    stage varchar not null,
    claim_status varchar not null,
    details json not null,
    evidence_text varchar not null,
    extractor_version varchar not null
);

-- Grain: one row per event and publication in which it was new, looked different, or was gone.
create table raw.event_revisions (
    event_id varchar not null,
    fact_type varchar not null,
    recorded_at timestamp not null,
    change varchar not null,
    changed_fields varchar[] not null,
    current_stage varchar,
    claim_status varchar,
    is_contested boolean,
    date_start date,
    date_end date,
    quantity_min bigint,
    quantity_max bigint,
    details json,
    report_ids varchar[] not null,
    through_report_ids varchar[] not null
);
