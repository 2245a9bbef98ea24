-- The store: what the pipeline keeps between runs. Applied once, never edited; later changes are files of their own.

-- Grain: one row per file of the landing folder as last read. The hash covers how it was read: see pipelines.landing.
create table raw.landing_files (
    source_path varchar not null,
    file_sha256 varchar not null,
    size_bytes bigint,
    last_seen_at timestamp not null
);

-- Grain: one row per distinct article. Attributes come from its best source: see ../documents.py.
create table raw.documents (
    document_id varchar not null,
    source_path varchar not null,
    title varchar,
    outlet varchar,
    url varchar,
    language varchar,
    published_on date,
    published_on_source varchar,
    body varchar not null,
    content_sha256 varchar not null,
    loaded_at timestamp not null
);

-- Grain: one row per article and place that holds it, with what is said there about the article.
-- A place is a file, or a line of one: feeds/news.jsonl#17, whose file_path is feeds/news.jsonl.
create table raw.document_sources (
    document_id varchar not null,
    source_path varchar not null,
    file_path varchar not null,
    file_sha256 varchar not null,
    title varchar,
    outlet varchar,
    url varchar,
    language varchar,
    published_on date,
    published_on_source varchar,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    missing_since timestamp
);

-- Grain: one row per input that could not be loaded, as things stand now.
create table raw.rejected_inputs (
    source_path varchar not null,
    line bigint,
    reason varchar not null,
    detail varchar,
    file_sha256 varchar,
    seen_at timestamp not null,
    last_seen_at timestamp not null
);

create table raw.arms_transfer_reports (
    report_id varchar not null,
    document_id varchar not null,
    stage varchar not null,
    claim_status varchar not null,
    claimed_by_country varchar,
    claimed_by_actor varchar,
    date_start date,
    date_end date,
    date_precision varchar,
    date_text varchar,
    evidence_start bigint not null,
    evidence_end bigint not null,
    evidence_text varchar not null,
    confidence double not null,
    rule varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    supplier_country varchar,
    supplier_actor varchar,
    recipient_country varchar,
    recipient_actor varchar,
    end_user varchar,
    weapon_category varchar not null,
    weapon_designation varchar,
    quantity_min bigint,
    quantity_max bigint,
    quantity_unit varchar,
    quantity_text varchar,
    value_usd double,
    extracted_at timestamp not null
);

create table raw.sanction_reports (
    report_id varchar not null,
    document_id varchar not null,
    stage varchar not null,
    claim_status varchar not null,
    claimed_by_country varchar,
    claimed_by_actor varchar,
    date_start date,
    date_end date,
    date_precision varchar,
    date_text varchar,
    evidence_start bigint not null,
    evidence_end bigint not null,
    evidence_text varchar not null,
    confidence double not null,
    rule varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    authority varchar,
    authority_actor varchar,
    target_country varchar,
    target_kind varchar,
    target_name varchar,
    measure varchar not null,
    reason varchar,
    extracted_at timestamp not null
);

create table raw.meeting_reports (
    report_id varchar not null,
    document_id varchar not null,
    stage varchar not null,
    claim_status varchar not null,
    claimed_by_country varchar,
    claimed_by_actor varchar,
    date_start date,
    date_end date,
    date_precision varchar,
    date_text varchar,
    evidence_start bigint not null,
    evidence_end bigint not null,
    evidence_text varchar not null,
    confidence double not null,
    rule varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    participant_countries varchar[] not null,
    participant_names varchar[] not null,
    meeting_kind varchar not null,
    place_country varchar,
    place_text varchar,
    topic varchar,
    extracted_at timestamp not null
);

-- Which documents were read by which extractor, those without a report included. `error` where the kernel failed.
create table raw.extractions (
    document_id varchar not null,
    extractor_version varchar not null,
    extracted_at timestamp not null,
    error varchar
);

-- Event ids handed out by published warehouses, with the reports they stood for. Rows are only ever added.
create table raw.event_registry (
    event_id varchar not null,
    fact_type varchar not null,
    report_id varchar not null,
    first_published_at timestamp not null
);

create table raw.runs (
    run_id varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    status varchar not null,
    counts json
);
