-- Grain: one row per file and language, of articles that were passed over as their language is none that we read.
create table raw.skipped_articles (
    source_path varchar not null,
    language varchar not null,
    articles bigint not null,
    last_seen_at timestamp not null
);
