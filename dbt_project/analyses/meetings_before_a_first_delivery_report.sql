-- Who met whom in the sixty days before a first report of a delivery between the two?
with
    deliveries as (
        select
            event_id,
            supplier_country,
            recipient_country,
            weapon_category,
            coalesce(date_start, first_reported_on) as day
        from {{ ref("fct_arms_transfers") }}
        where current_stage = 'delivered'
    )
select
    d.supplier_country,
    d.recipient_country,
    d.weapon_category,
    d.day as delivery_day,
    m.event_id as meeting_id,
    m.meeting_kind,
    m.participant_names,
    m.day as meeting_day
from deliveries as d
inner join
    {{ ref("mart_meetings_calendar") }} as m
    on list_has_all(m.participant_countries, [d.supplier_country, d.recipient_country])
    and m.day between d.day - 60 and d.day
order by d.day, m.day
