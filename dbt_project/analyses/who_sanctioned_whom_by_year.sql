-- Who sanctioned whom in which year, with which measure, and who says so?
select
    year(coalesce(e.date_start, e.first_reported_on)) as year,
    e.authority,
    e.target_country,
    e.measure,
    e.target_name,
    e.current_stage,
    list(
        distinct coalesce(r.claimed_by_country, d.outlet) order by coalesce(r.claimed_by_country, d.outlet)
    ) as says_who
from {{ ref("fct_sanctions") }} as e
inner join {{ ref("fct_sanction_reports") }} as r on r.event_id = e.event_id
inner join {{ ref("dim_documents") }} as d on d.document_id = r.document_id
group by all
order by year, e.authority, e.target_country
