-- What the three fact types of the published file, attached as `now`, have in common under one name each.

-- Grain: one row per event. `place` is its number: latest first, those without any day last.
create table events as
select *, row_number() over (order by coalesce(date_start, first_reported_on) desc nulls last, event_id) - 1 as place
from (
    select
        event_id, 'arms_transfer' as fact_type, [supplier_country, recipient_country] as sides,
        weapon_category as category, weapon_designation as subject, quantity_min, quantity_max,
        current_stage, claim_status, is_contested, date_start, date_end, first_reported_on, last_reported_on,
        report_count
    from now.marts.fct_arms_transfers
    union all by name
    select
        event_id, 'sanction' as fact_type, [authority, target_country] as sides,
        measure as category, target_name as subject,
        current_stage, claim_status, is_contested, date_start, date_end, first_reported_on, last_reported_on,
        report_count
    from now.marts.fct_sanctions
    union all by name
    select
        event_id, 'meeting' as fact_type, participant_countries as sides,
        meeting_kind as category, nullif(array_to_string(participant_names, ', '), '') as subject,
        place_country, place_text,
        current_stage, claim_status, is_contested, date_start, date_end, first_reported_on, last_reported_on,
        report_count
    from now.marts.fct_meetings
);

-- Grain: one row per report.
create view reports as
select
    report_id, event_id, document_id, stage, claim_status, claimed_by_country, claimed_by_actor,
    date_start, date_end, date_text, evidence_start, evidence_end, evidence_text,
    supplier_actor, recipient_actor, end_user, weapon_designation, quantity_text, value_usd
from now.marts.fct_arms_transfer_reports
union all by name
select
    report_id, event_id, document_id, stage, claim_status, claimed_by_country, claimed_by_actor,
    date_start, date_end, date_text, evidence_start, evidence_end, evidence_text,
    authority_actor, target_name, reason
from now.marts.fct_sanction_reports
union all by name
select
    report_id, event_id, document_id, stage, claim_status, claimed_by_country, claimed_by_actor,
    date_start, date_end, date_text, evidence_start, evidence_end, evidence_text,
    nullif(array_to_string(participant_names, ', '), '') as people, place_text, topic
from now.marts.fct_meeting_reports;

-- Grain: one row per article that a report stands in. `place` is its number: latest first.
create table articles as
select document_id, row_number() over (order by published_on desc nulls last, document_id) - 1 as place
from now.marts.dim_documents
where document_id in (select document_id from reports);

-- Grain: one row per event of the file before this one.
create table known (
    event_id varchar, current_stage varchar, claim_status varchar, is_contested boolean, report_count bigint
);
