-- Every month from the first to the last article, so that gaps show as rows of zeros.
with
    documents as (
        select document_id, outlet, date_trunc('month', published_on)::date as month from {{ ref("stg_documents") }}
    ),
    reports as (
        select
            document_id,
            count(*) filter (where fact_type = 'arms_transfer') as arms_transfers,
            count(*) filter (where fact_type = 'sanction') as sanctions,
            count(*) filter (where fact_type = 'meeting') as meetings
        from {{ ref("int_event_reports") }}
        group by document_id
    ),
    months as (
        select distinct month_start as month
        from {{ ref("dim_dates") }}
        where month_start between (select min(month) from documents) and (select max(month) from documents)
        union all
        select null
        where exists (select 1 from documents where month is null)
    )
select
    m.month,
    count(d.document_id) as document_count,
    count(distinct d.outlet) as outlet_count,
    count(d.document_id) filter (where r.document_id is null) as documents_without_report,
    coalesce(sum(r.arms_transfers), 0)::bigint as arms_transfer_report_count,
    coalesce(sum(r.sanctions), 0)::bigint as sanction_report_count,
    coalesce(sum(r.meetings), 0)::bigint as meeting_report_count,
    count(d.document_id) = 0 as is_gap
from months as m
left join documents as d on d.month is not distinct from m.month
left join reports as r on r.document_id = d.document_id
group by m.month
