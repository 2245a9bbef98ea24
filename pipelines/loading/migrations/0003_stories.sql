-- Grain: one row per document that was looked at for copies. `story_id` is the document that the story began with.
create table raw.document_stories (
    document_id varchar not null,
    signature uinteger[] not null,
    signature_version varchar not null,
    story_id varchar
);

-- Grain: one row per bucket of signatures and fortnight, with the first document that fell into it.
create table raw.story_buckets (
    bucket ubigint not null,
    fortnight integer not null,
    document_id varchar not null
);
