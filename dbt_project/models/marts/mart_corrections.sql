-- What became of each line of the corrections file. Both values of what was mended stand side by side.
with
    lines as (select * from {{ ref("stg_corrections") }}),
    events as (
        {% for fact_type in ["arms_transfer", "sanction", "meeting"] %}
            select event_id, '{{ fact_type }}' as fact_type, uncorrected
            from {{ ref("fct_" ~ fact_type ~ "s") }}
            where event_id in (select unnest([id, other_id]) from lines)
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),
    -- The reports and events that can be rejected or mended, with what the extractor says of them.
    standing as (
        select report_id as id, fact_type, details, [evidence_text] as passages
        from {{ ref("stg_corrected_reports") }}
        union all
        select e.event_id, e.fact_type, e.uncorrected::json, list(h.evidence_text)
        from events as e
        inner join
            {{ ref("mart_report_history") }} as h
            on h.event_id = e.event_id
            and h.superseded_at is null
        group by e.event_id, e.fact_type, e.uncorrected
    ),
    -- Ids that are no more, with what took their place.
    gone as (
        select
            report_id as id,
            concat(
                'the report is gone since ',
                recorded_at::date,
                ' (',
                withdrawal_reason,
                ')',
                '; of its passage there are now the reports '
                || (
                    select string_agg(h.report_id, ', ' order by h.report_id)
                    from {{ ref("mart_report_history") }} as h
                    where h.evidence_text = g.evidence_text and h.superseded_at is null and h.change <> 'withdrawn'
                )
            ) as what
        from {{ ref("mart_report_history") }} as g
        where superseded_at is null and change = 'withdrawn' and report_id in (select unnest([id, other_id]) from lines)
        union all
        select
            event_id,
            'the event is no more; its reports are in '
            || coalesce(string_agg(moved_to_event_id, ', ' order by moved_to_event_id), 'no event now')
        from {{ ref("event_id_history") }}
        where event_id in (select unnest([id, other_id]) from lines)
        group by event_id
    ),
    compared as (
        select
            l.*,
            coalesce(s.fact_type, a.fact_type) as fact_type,
            i.event_id,
            s.passages,
            {{ extracted_value("l.field", "s.details") }} as extracted_value,
            case
                when l.action = 'join' then a.id is not null and b.id is not null
                when l.action = 'part' then a.id is not null
                else s.id is not null
            end as is_found,
            coalesce(g.what, h.what) as gone
        from lines as l
        left join standing as s on s.id = l.id
        left join {{ ref("int_correction_anchors") }} as a on a.id = l.id
        left join {{ ref("int_correction_anchors") }} as b on b.id = l.other_id
        left join {{ ref("int_event_ids") }} as i on i.report_id = a.report_id and i.fact_type = a.fact_type
        left join gone as g on g.id = l.id
        left join gone as h on h.id = l.other_id and b.id is null
        qualify row_number() over (partition by l.line order by b.fact_type = a.fact_type desc) = 1
    ),
    judged as (
        select
            *,
            case
                when problem is not null
                then ['refused', problem]
                when action = 'mend' and is_found and not list_contains(fact_types, fact_type)
                then ['refused', 'a report of this kind, ' || fact_type || ', cannot have that ' || field]
                when not is_found and gone is not null
                then ['outdated', gone]
                when not is_found
                then ['unknown', 'no report or event of this id is or was in this warehouse']
                when
                    passage is not null
                    and len(
                        list_filter(
                            passages, lambda text:contains({{ squeezed("text") }}, {{ squeezed("passage") }})
                        )
                    )
                    = 0
                then ['outdated', 'applied, but the passage reads otherwise now: ' || array_to_string(passages, ' … ')]
                when action = 'mend' and extracted_value is not distinct from value
                then ['without_effect', 'the extractor says so itself; the line can go']
                else ['applied', null]
            end as verdict
        from compared
    )
select
    file,
    line,
    action,
    id,
    other_id,
    fact_type,
    field,
    if(action = 'mend', extracted_value, null) as extracted_value,
    value as corrected_value,
    passage,
    corrected_by,
    corrected_on,
    reason,
    verdict[1] as status,
    verdict[2] as message,
    event_id
from judged
