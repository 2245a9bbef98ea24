-- Which barter deals have both legs: arms each way between two countries, told by one article within a few lines?
select
    a.document_id,
    a.supplier_country,
    a.weapon_category as gives,
    b.weapon_category as gets,
    a.recipient_country,
    a.stage,
    a.evidence_text
from {{ ref("fct_arms_transfer_reports") }} as a
inner join
    {{ ref("fct_arms_transfer_reports") }} as b
    on b.document_id = a.document_id
    and b.supplier_country = a.recipient_country
    and b.recipient_country = a.supplier_country
    and abs(a.evidence_start - b.evidence_start) < 300
where a.supplier_country < a.recipient_country
order by a.document_id, a.evidence_start, gives, gets
