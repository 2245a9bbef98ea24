-- Articles that the store still has but the landing folder has not.
select document_id, max(missing_since) as missing_since
from {{ source("store", "document_sources") }}
group by document_id
having count(*) = count(missing_since)
