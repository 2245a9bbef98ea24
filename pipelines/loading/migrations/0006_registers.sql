-- What is in the folder of registers now: see pipelines/registers.

-- Grain: one row per deal and year of delivery of a SIPRI trade register.
create table raw.sipri_deliveries (
    file varchar not null,
    line bigint not null,
    register_id varchar,
    supplier varchar not null,
    recipient varchar not null,
    designation varchar,
    description varchar,
    armament_category varchar,
    order_year bigint,
    order_year_is_estimate boolean not null,
    number_delivered bigint,
    number_is_estimate boolean not null,
    delivery_year bigint not null,
    delivery_year_is_estimate boolean not null
);

-- Grain: one row per entry of an OFAC SDN list.
create table raw.ofac_entries (
    file varchar not null,
    line bigint not null,
    register_id varchar not null,
    name varchar not null,
    kind varchar,
    programs varchar,
    title varchar,
    remarks varchar
);

-- Grain: one row per file or line of the folder that cannot be used.
create table raw.register_rejects (
    source_path varchar not null,
    line bigint,
    reason varchar not null,
    detail varchar
);
