-- What each meeting report says, in the terms that meetings are compared in.
with
    actor_forms as (
        select {{ fold("form") }} as form, min(actor_id) as actor_id
        from {{ ref("actor_names") }}
        group by 1
        having count(distinct actor_id) = 1
    ),
    actor_titles as (select actor_id, min({{ fold("name") }}) as name from {{ ref("actors") }} group by actor_id),
    names as (
        -- A known person goes by one name, whatever the spelling; others by the name as printed.
        select n.report_id, list(distinct coalesce(t.name, n.name) order by coalesce(t.name, n.name)) as names
        from
            (
                select report_id, {{ fold("unnest(participant_names)") }} as name from {{ ref("stg_meeting_reports") }}
            ) as n
        left join actor_forms as f on f.form = n.name
        left join actor_titles as t on t.actor_id = f.actor_id
        where n.name is not null
        group by n.report_id
    ),
    sides as (
        -- Blocs count only where they are needed to have two sides.
        select
            r.report_id,
            list(distinct p.code order by p.code) as all_sides,
            list(distinct p.code order by p.code) filter (where c.kind = 'country') as states
        from {{ ref("stg_meeting_reports") }} as r
        cross join unnest(r.participant_countries) as p(code)
        left join {{ ref("countries") }} as c on c.country_code = p.code
        group by r.report_id
    ),
    reports as (
        select
            r.*,
            coalesce(if(len(s.states) >= 2, s.states, s.all_sides), []) as sides,
            coalesce(n.names, []) as names,
            case
                r.meeting_kind when 'call' then 'call' when 'correspondence' then 'correspondence' else 'in_person'
            end as channel,
            {{ stage_order("meeting", "r.stage") }} as stage_order,
            r.stage in ('proposed', 'planned') as is_ahead,
            r.claim_status = 'denied' as is_denial,
            coalesce(r.date_end, r.date_start) as dated_end
        from {{ ref("stg_meeting_reports") }} as r
        left join sides as s on s.report_id = r.report_id
        left join names as n on n.report_id = r.report_id
    ),
    windows as (
        -- An undated meeting was held shortly before the article, or is planned for shortly after; names widen the
        -- search.
        select
            *,
            coalesce(
                date_start,
                published_on
                - case when stage in ('ongoing', 'planned', 'proposed') then 7 when len(names) > 0 then 120 else 45 end
            ) as window_start,
            case
                when dated_end is not null and stage = 'held' and published_on >= date_start
                then least(dated_end, published_on)
                when dated_end is not null
                then dated_end
                when is_ahead
                then published_on + if(len(names) > 0, 90, 30)
                when stage = 'ongoing'
                then published_on + 3
                else published_on
            end as window_end
        from reports
    ),
    classed as (
        select
            *,
            not is_denial and window_end is not null as is_anchor,
            {{ vagueness("if(len(names) > 0, 2, 3)", 4) }} as vagueness
        from windows
    )
select
    report_id,
    document_id,
    sides,
    names,
    channel,
    meeting_kind,
    place_country,
    stage,
    stage_order,
    is_ahead,
    claim_status,
    published_on,
    window_start,
    window_end,
    vagueness,
    is_denial,
    is_anchor,
    evidence_start,
    evidence_end,
    dense_rank() over (
        order by
            not is_anchor,
            vagueness,
            len(names) = 0,
            is_ahead,
            window_start,
            window_end,
            stage_order,
            channel,
            meeting_kind,
            sides,
            names,
            place_country,
            case when not is_anchor then report_id end
    ) as item
from classed
