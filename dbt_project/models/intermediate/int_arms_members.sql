-- Which report belongs to which deal.
with
    statements as (select * from {{ ref("int_arms_statements") }}),
    followers as ({{ followers(ref("int_arms_links")) }}),
    anchored as (
        select s.*, coalesce(f.leader, s.item) as deal
        from statements as s
        left join followers as f on f.item = s.item
        where s.is_anchor
    ),
    deals as (
        select deal, sides, weapon_category, designation, user_name, is_open, vagueness, window_start, window_end
        from anchored
        where item = deal
        qualify row_number() over (partition by deal order by report_id) = 1
    ),
    loose as (select * from statements where not is_anchor),
    -- Reports without any date, and denials, join a deal of their own article first: the one told nearest to them.
    by_article as (
        select l.report_id, a.deal
        from loose as l
        inner join
            anchored as a
            on a.document_id = l.document_id
            and a.sides = l.sides
            and (
                a.weapon_category = l.weapon_category
                or (l.is_denial and 'unspecified' in (a.weapon_category, l.weapon_category))
            )
            and (l.is_denial or a.is_open = l.is_open or a.stage_order < l.stage_order)
            and {{ no_conflict("a.designation", "l.designation") }}
            and {{ no_conflict("a.user_name", "l.user_name") }}
        qualify
            row_number() over (
                partition by l.report_id
                order by
                    a.weapon_category <> l.weapon_category,
                    greatest(a.evidence_start - l.evidence_end, l.evidence_start - a.evidence_end, 0),
                    abs(a.stage_order - l.stage_order),
                    a.item,
                    a.report_id
            )
            = 1
    ),
    -- Else a denial contests the latest deal that was known by then, and an undated report needs a name in common.
    by_deal as (
        select l.report_id, d.deal
        from loose as l
        inner join
            deals as d
            on d.sides = l.sides
            and (
                d.weapon_category = l.weapon_category
                or (l.is_denial and 'unspecified' in (d.weapon_category, l.weapon_category))
            )
            and {{ no_conflict("d.designation", "l.designation") }}
            and {{ no_conflict("d.user_name", "l.user_name") }}
            and case
                when l.is_denial
                then d.window_start <= l.window_end + 7 and d.window_end >= l.window_start - if(l.vagueness = 2, 275, 0)
                else d.designation = l.designation or d.user_name = l.user_name
            end
        where l.report_id not in (select report_id from by_article)
        qualify
            row_number() over (
                partition by l.report_id
                order by
                    d.weapon_category <> l.weapon_category, d.weapon_category = 'unspecified', d.window_end desc, d.deal
            )
            = 1
    ),
    hosted as (
        select report_id, deal
        from anchored
        union all
        select report_id, deal
        from by_article
        union all
        select report_id, deal
        from by_deal
    ),
    -- What is left is told by nobody else: one deal per article, or per month for denials.
    placed as (
        select
            s.*,
            h.deal is not null as is_hosted,
            coalesce(
                h.deal::varchar,
                concat_ws(
                    '|',
                    s.is_denial,
                    s.sides,
                    s.weapon_category,
                    s.designation,
                    if(s.is_denial and s.window_end is not null, strftime(s.window_end, '%Y-%m'), s.document_id)
                )
            ) as deal
        from statements as s
        left join hosted as h on h.report_id = s.report_id
    ),
    -- A deal in unspecified weapons is the specific deal to which its leading report is tied: by passage, by end user,
    -- or, where only one specific deal comes into question, by time.
    vague as (
        select p.*
        from placed as p
        where p.weapon_category = 'unspecified' and not p.is_denial and (p.item::varchar = p.deal or not p.is_hosted)
    ),
    ties as (
        select
            v.deal,
            s.deal as specific_deal,
            1 as tie,
            min(greatest(s.evidence_start - v.evidence_end, v.evidence_start - s.evidence_end, 0)) as distance
        from vague as v
        inner join
            placed as s
            on s.document_id = v.document_id
            and s.sides = v.sides
            and s.weapon_category <> 'unspecified'
            and not s.is_denial
            and s.is_open = v.is_open
            and s.evidence_start <= v.evidence_end + 40
            and v.evidence_start <= s.evidence_end + 40
            and {{ no_conflict("s.user_name", "v.user_name") }}
            and (
                s.window_end is null
                or v.window_end is null
                or (s.window_start <= v.window_end and v.window_start <= s.window_end)
            )
        group by v.deal, s.deal
        union all
        select v.deal, d.deal::varchar, 2, min(abs(d.window_start - v.window_start))
        from vague as v
        inner join
            deals as d
            on d.sides = v.sides
            and d.weapon_category <> 'unspecified'
            and d.is_open = v.is_open
            and d.window_start <= v.window_end
            and v.window_start <= d.window_end
            and d.user_name = v.user_name
        group by v.deal, d.deal
        union all
        select v.deal, min(d.deal)::varchar, 3, 0
        from vague as v
        inner join
            deals as d
            on d.sides = v.sides
            and d.weapon_category <> 'unspecified'
            and d.is_open = v.is_open
            and d.vagueness <= 1
            and v.vagueness <= 1
            and d.window_start <= v.window_end
            and v.window_start <= d.window_end
            and {{ no_conflict("d.user_name", "v.user_name") }}
        group by v.deal
        having count(distinct d.deal) = 1
    ),
    tied as (
        select deal, arg_min(specific_deal, (tie, distance, specific_deal)) as specific_deal from ties group by deal
    )
select p.report_id, 'arms_transfer' as fact_type, coalesce(t.specific_deal, p.deal) as cluster
from placed as p
left join tied as t on t.deal = p.deal
