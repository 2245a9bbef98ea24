-- Who makes claims about whom, and how much of it is denied?
select claimant_country, accused_country, fact_type, claim_count, event_count, contested_share
from {{ ref("mart_claims") }}
order by claim_count desc, claimant_country, accused_country
