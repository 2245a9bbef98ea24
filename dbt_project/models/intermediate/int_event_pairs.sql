-- Which two countries each event stands between; a meeting of three stands between each two of them.
with
    doers as (
        select i.event_id, r.supplier_country as country_x, r.recipient_country as country_y
        from {{ ref("stg_arms_transfer_reports") }} as r
        inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'arms_transfer'
        union all
        select i.event_id, r.authority, r.target_country
        from {{ ref("stg_sanction_reports") }} as r
        inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'sanction'
        union all
        select i.event_id, a.country_code, b.country_code
        from {{ ref("stg_meeting_reports") }} as r
        inner join {{ ref("int_event_ids") }} as i on i.report_id = r.report_id and i.fact_type = 'meeting'
        cross join unnest(r.participant_countries) as a(country_code)
        cross join unnest(r.participant_countries) as b(country_code)
        where a.country_code < b.country_code
    )
select distinct event_id, least(country_x, country_y) as country_a, greatest(country_x, country_y) as country_b
from doers
where country_x <> country_y
