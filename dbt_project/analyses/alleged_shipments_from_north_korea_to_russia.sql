-- What did North Korea allegedly ship to Russia in 2022 and 2023, and by whose word?
select
    coalesce(r.date_start, d.published_on) as day,
    r.weapon_category,
    r.end_user,
    r.claimed_by_country,
    r.claimed_by_actor,
    d.outlet,
    r.evidence_text
from {{ ref("fct_arms_transfer_reports") }} as r
inner join {{ ref("dim_documents") }} as d on d.document_id = r.document_id
where
    r.supplier_country = 'KP'
    and r.recipient_country = 'RU'
    and r.claim_status = 'alleged'
    and year(coalesce(r.date_start, d.published_on)) in (2022, 2023)
order by coalesce(r.date_start, d.published_on), r.report_id
