-- For which deals is the agreement a fact and the delivery only alleged?
select event_id, supplier_country, recipient_country, weapon_category, stage_history
from {{ ref("fct_arms_transfers") }}
where current_stage_claim_status = 'alleged' and claim_status = 'stated'
order by event_id
