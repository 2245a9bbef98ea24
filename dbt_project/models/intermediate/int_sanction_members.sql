-- Which report belongs to which sanction.
with
    statements as (select * from {{ ref("int_sanction_statements") }}),
    followers as ({{ followers(ref("int_sanction_links")) }}),
    anchored as (
        select s.*, coalesce(f.leader, s.item) as sanction
        from statements as s
        left join followers as f on f.item = s.item
        where s.is_anchor
    ),
    sanctions as (
        select sanction, sides, track, is_regime, target_kind, target, window_start, window_end
        from anchored
        where item = sanction
        qualify row_number() over (partition by sanction order by report_id) = 1
    ),
    loose as (select * from statements where not is_anchor),
    by_article as (
        select l.report_id, a.sanction
        from loose as l
        inner join
            anchored as a
            on a.document_id = l.document_id
            and a.sides = l.sides
            and (a.track = 'proposal') = (l.track = 'proposal')
            and (a.target_kind = l.target_kind or (a.is_regime and l.is_regime))
            and {{ no_conflict("a.target", "l.target") }}
        qualify
            row_number() over (
                partition by l.report_id
                order by
                    greatest(a.evidence_start - l.evidence_end, l.evidence_start - a.evidence_end, 0),
                    abs(a.stage_order - l.stage_order),
                    a.item,
                    a.report_id
            )
            = 1
    ),
    by_sanction as (
        select l.report_id, s.sanction
        from loose as l
        inner join
            sanctions as s
            on s.sides = l.sides
            and (s.track = 'proposal') = (l.track = 'proposal')
            and (s.target_kind = l.target_kind or (s.is_regime and l.is_regime))
            and case
                when l.is_denial
                then
                    {{ no_conflict("s.target", "l.target") }}
                    and s.window_start <= l.window_end + 7
                    and s.window_end >= l.window_start - if(l.vagueness = 2, 320, 0)
                else
                    coalesce(s.target = l.target, false)
                    or (l.track = 'standing' and s.is_regime and s.target is null and l.target is null)
            end
        where l.report_id not in (select report_id from by_article)
        qualify row_number() over (partition by l.report_id order by if(l.is_denial, - s.sanction, s.sanction)) = 1
    ),
    hosted as (
        select report_id, sanction
        from anchored
        union all
        select report_id, sanction
        from by_article
        union all
        select report_id, sanction
        from by_sanction
    )
select
    s.report_id,
    'sanction' as fact_type,
    coalesce(
        h.sanction::varchar,
        concat_ws(
            '|',
            s.is_denial,
            s.sides,
            s.track = 'proposal',
            s.target_kind,
            s.target,
            if(s.is_denial and s.window_end is not null, strftime(s.window_end, '%Y-%m'), s.document_id)
        )
    ) as cluster
from statements as s
left join hosted as h on h.report_id = s.report_id
