-- Which report belongs to which meeting.
with
    statements as (select * from {{ ref("int_meeting_statements") }}),
    followers as ({{ followers(ref("int_meeting_links")) }}),
    anchored as (
        select s.*, coalesce(f.leader, s.item) as meeting
        from statements as s
        left join followers as f on f.item = s.item
        where s.is_anchor
    ),
    meetings as (
        select meeting, sides, names, channel, window_start, window_end
        from anchored
        where item = meeting
        qualify row_number() over (partition by meeting order by report_id) = 1
    ),
    loose as (select *, len(names) as name_count from statements where not is_anchor),
    by_article as (
        select l.report_id, a.meeting
        from loose as l
        inner join
            anchored as a
            on a.document_id = l.document_id
            and a.channel = l.channel
            and (list_has_all(a.sides, l.sides) or list_has_all(l.sides, a.sides))
            and (l.is_denial or a.place_country is null or l.place_country is null or a.place_country = l.place_country)
        where
            case
                when l.is_denial and (l.name_count = 0 or len(a.names) = 0)
                then true
                when l.name_count = 0 or len(a.names) = 0
                then l.name_count = len(a.names) and a.meeting_kind = l.meeting_kind and a.is_ahead = l.is_ahead
                else
                    len(
                        list_filter(a.names, lambda x:len(list_filter(l.names, lambda y:{{ same_name("x", "y") }})) > 0)
                    )
                    = least(len(a.names), l.name_count)
            end
        qualify
            row_number() over (
                partition by l.report_id
                order by
                    greatest(a.evidence_start - l.evidence_end, l.evidence_start - a.evidence_end, 0),
                    a.item,
                    a.report_id
            )
            = 1
    ),
    by_meeting as (
        select l.report_id, m.meeting
        from loose as l
        inner join
            meetings as m
            on m.sides = l.sides
            and m.channel = l.channel
            and m.window_start <= l.window_end + 30
            and m.window_end >= l.window_start - 60
        where
            l.is_denial
            and (
                l.name_count = 0
                or len(m.names) = 0
                or len(list_filter(m.names, lambda x:len(list_filter(l.names, lambda y:{{ same_name("x", "y") }})) > 0))
                > 0
            )
            and l.report_id not in (select report_id from by_article)
        qualify row_number() over (partition by l.report_id order by m.window_end desc, m.meeting) = 1
    ),
    hosted as (
        select report_id, meeting
        from anchored
        union all
        select report_id, meeting
        from by_article
        union all
        select report_id, meeting
        from by_meeting
    )
select
    s.report_id,
    'meeting' as fact_type,
    coalesce(
        h.meeting::varchar,
        concat_ws(
            '|',
            s.is_denial,
            s.sides,
            s.channel,
            s.names,
            if(len(s.names) = 0, concat_ws('|', s.meeting_kind, s.is_ahead), ''),
            s.place_country,
            if(s.is_denial and s.window_end is not null, strftime(s.window_end, '%Y-%m'), s.document_id)
        )
    ) as cluster
from statements as s
left join hosted as h on h.report_id = s.report_id
