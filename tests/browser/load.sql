-- A warehouse of made-up reports: getvariable('reports') of them, five to three events, two in each article.
create schema marts;
create table marts.dim_countries as
select * from read_csv(getvariable('reference') || '/countries.csv');
create table marts.dim_weapon_categories as
select * from read_csv(getvariable('reference') || '/weapon_categories.csv');

create macro pick(list, seed) as list[1 + (seed % len(list))::int];
create macro country(seed) as pick(
    ['RU', 'US', 'CN', 'KP', 'KR', 'VN', 'IN', 'IR', 'UA', 'TR', 'JP', 'FR', 'DE', 'GB', 'IL', 'PK', 'PL', 'SA', 'UN', 'EU'],
    -- Some are in the news more than others.
    (pow((seed % 1000) / 1000, 2) * 20)::int
);
create macro passage(report) as
    'Câu số ' || lpad(report::varchar, 8, '0') || ': một nước hôm ấy giao hàng, gặp gỡ hoặc trừng phạt một nước khác.';

create table facts as
select
    i as report, i * 3 // 5 as event, i // 2 as article, hash(i * 3 // 5) as seed,
    pick(['arms_transfer', 'arms_transfer', 'arms_transfer', 'sanction', 'sanction', 'meeting', 'meeting', 'meeting',
        'meeting', 'meeting'], seed) as fact_type,
    date '2012-01-01' + (hash(i * 3 // 5 + 1) % 5000)::int as day,
    case when hash(i) % 20 = 0 then 'denied' when hash(i) % 5 = 0 then 'alleged' else 'stated' end as claim_status
from range(getvariable('reports')) as r(i);

create table marts.dim_documents as
select
    md5('article' || article) as document_id, 'bulk/' || article || '.txt' as source_path,
    'Bản tin số ' || article as title, 'Tòa soạn ' || article % 40 as outlet, null::varchar as url, 'vi' as language,
    max(day) as published_on,
    string_agg(passage(report), ' ' order by report)
        || repeat(chr(10) || 'Một đoạn không nói gì về ai, dài như một đoạn thường thấy trong bài báo.', 30) as body
from facts group by article;

create table told as
select
    md5('report' || report) as report_id, md5('event' || event) as event_id, md5('article' || article) as document_id,
    fact_type, claim_status, if(claim_status = 'stated', null, country(hash(report) // 7)) as claimed_by_country,
    null::varchar as claimed_by_actor, day as date_start, day as date_end, null::varchar as date_text,
    (report % 2) * (length(passage(report)) + 1) as evidence_start,
    evidence_start + length(passage(report)) as evidence_end, passage(report) as evidence_text, seed, day,
    country(seed // 11) as side, country(seed // 13 + 500) as other
from facts;

create table marts.fct_arms_transfer_reports as
select
    * exclude (fact_type, seed, day, side, other), pick(getvariable('deal_stages'), seed // 3) as stage,
    side as supplier_country, null::varchar as supplier_actor, other as recipient_country,
    null::varchar as recipient_actor, null::varchar as end_user,
    pick(getvariable('weapons'), seed // 5) as weapon_category,
    'Kiểu ' || seed % 300 as weapon_designation, (seed % 90)::bigint as quantity_min, (seed % 90)::bigint as quantity_max,
    null::varchar as quantity_text, null::double as value_usd
from told where fact_type = 'arms_transfer';
create table marts.fct_sanction_reports as
select
    * exclude (fact_type, seed, day, side, other), pick(getvariable('sanction_stages'), seed // 3) as stage,
    side as authority, null::varchar as authority_actor, other as target_country, 'Tổ chức ' || seed % 5000 as target_name,
    pick(getvariable('measures'), seed // 5) as measure, null::varchar as reason
from told where fact_type = 'sanction';
create table marts.fct_meeting_reports as
select
    * exclude (fact_type, seed, day, side, other), 'held' as stage, [side, other] as participant_countries,
    ['Người ' || seed % 2000, 'Người ' || seed % 1999] as participant_names,
    pick(getvariable('meeting_kinds'), seed // 5) as meeting_kind, side as place_country, 'Thành phố ' || seed % 500 as place_text,
    null::varchar as topic
from told where fact_type = 'meeting';

create table marts.fct_arms_transfers as
select
    event_id, any_value(stage) as current_stage, if(bool_or(claim_status = 'stated'), 'stated', 'alleged') as claim_status,
    bool_or(claim_status = 'denied') as is_contested, min(date_start) as date_start, min(date_end) as date_end,
    min(date_start) as first_reported_on, max(date_start) as last_reported_on, count(*) as report_count,
    any_value(columns(['supplier_country', 'recipient_country', 'weapon_category', 'weapon_designation', 'quantity_min', 'quantity_max']))
from marts.fct_arms_transfer_reports group by event_id;
create table marts.fct_sanctions as
select
    event_id, any_value(stage) as current_stage, if(bool_or(claim_status = 'stated'), 'stated', 'alleged') as claim_status,
    bool_or(claim_status = 'denied') as is_contested, min(date_start) as date_start, min(date_end) as date_end,
    min(date_start) as first_reported_on, max(date_start) as last_reported_on, count(*) as report_count,
    any_value(columns(['authority', 'target_country', 'target_name', 'measure']))
from marts.fct_sanction_reports group by event_id;
create table marts.fct_meetings as
select
    event_id, any_value(stage) as current_stage, if(bool_or(claim_status = 'stated'), 'stated', 'alleged') as claim_status,
    bool_or(claim_status = 'denied') as is_contested, min(date_start) as date_start, min(date_end) as date_end,
    min(date_start) as first_reported_on, max(date_start) as last_reported_on, count(*) as report_count,
    any_value(columns(['participant_countries', 'participant_names', 'meeting_kind', 'place_country', 'place_text']))
from marts.fct_meeting_reports group by event_id;
drop table facts;
drop table told;
