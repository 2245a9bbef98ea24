-- Who took part in each meeting: every person once, under the fullest name that a report gives.
with
    printed as (
        select r.event_id, p.name, {{ fold("p.name") }} as form, count(*) as times
        from
            (
                select i.event_id, m.participant_names
                from {{ ref("stg_meeting_reports") }} as m
                inner join {{ ref("int_event_ids") }} as i on i.report_id = m.report_id and i.fact_type = 'meeting'
                where
                    m.claim_status <> 'denied'
                    or i.event_id in (select event_id from {{ ref("int_events") }} where claim_status = 'denied')
            ) as r
        cross join unnest(r.participant_names) as p(name)
        group by r.event_id, p.name
    ),
    sides as (
        select distinct i.event_id, c.country_code
        from {{ ref("stg_meeting_reports") }} as m
        inner join {{ ref("int_event_ids") }} as i on i.report_id = m.report_id and i.fact_type = 'meeting'
        cross join unnest(m.participant_countries) as c(country_code)
    ),
    forms as (
        select distinct {{ fold("n.form") }} as form, n.actor_id, a.country_code
        from {{ ref("actor_names") }} as n
        inner join {{ ref("actors") }} as a on a.actor_id = n.actor_id
    ),
    -- A name is a known actor's where only one of that name is of a country that takes part.
    known as (
        select p.event_id, p.form, min(f.actor_id) as actor_id, min(f.country_code) as country_code
        from (select distinct event_id, form from printed) as p
        inner join forms as f on f.form = p.form
        inner join sides as s on s.event_id = p.event_id and s.country_code = f.country_code
        group by p.event_id, p.form
        having count(distinct f.actor_id) = 1
    ),
    people as (
        select
            p.event_id,
            k.actor_id,
            k.country_code,
            coalesce(k.actor_id, p.form) as person,
            arg_max(p.name, (length(p.form), p.times, p.name)) as name,
            arg_max(p.form, (length(p.form), p.times, p.name)) as form
        from printed as p
        left join known as k on k.event_id = p.event_id and k.form = p.form
        where p.form is not null
        group by all
    )
select event_id, name, actor_id, country_code
from people as p
where
    p.actor_id is not null
    or not exists (
        select 1
        from people as longer
        where
            longer.event_id = p.event_id
            and longer.form <> p.form
            and contains(' ' || longer.form || ' ', ' ' || p.form || ' ')
    )
