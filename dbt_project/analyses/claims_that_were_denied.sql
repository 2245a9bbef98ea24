-- Which claims were denied, by whom, and in which words?
select
    e.supplier_country,
    e.recipient_country,
    e.weapon_category,
    c.claimed_by_country as claimant,
    n.claimed_by_country as denied_by,
    c.evidence_text as claim,
    n.evidence_text as denial
from {{ ref("fct_arms_transfers") }} as e
inner join {{ ref("fct_arms_transfer_reports") }} as n on n.event_id = e.event_id and n.claim_status = 'denied'
left join {{ ref("fct_arms_transfer_reports") }} as c on c.event_id = e.event_id and c.claim_status <> 'denied'
order by e.event_id, c.report_id, n.report_id
