-- Bodies are most of a store: zstd makes a third of them. A store made by DuckDB's older format keeps its own.
alter table raw.documents rename to documents_before;

create table raw.documents (
    document_id varchar not null,
    source_path varchar not null,
    title varchar,
    outlet varchar,
    url varchar,
    language varchar,
    published_on date,
    published_on_source varchar,
    body varchar not null using compression zstd,
    content_sha256 varchar not null,
    loaded_at timestamp not null
);

insert into raw.documents from raw.documents_before;

drop table raw.documents_before;
