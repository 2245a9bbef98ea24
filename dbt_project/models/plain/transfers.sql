select
    coalesce(s.name_en, e.supplier_actor) as supplier,
    coalesce(r.name_en, e.recipient_actor) as recipient,
    e.end_user,
    w.name_en as weapon,
    e.weapon_designation as designation,
    {{ quantity_in_words("e") }} as quantity,
    e.value_usd,
    {{ event_in_words("e") }}
from {{ ref("fct_arms_transfers").include(database=false) }} as e
left join {{ ref("dim_countries").include(database=false) }} as s on s.country_code = e.supplier_country
left join {{ ref("dim_countries").include(database=false) }} as r on r.country_code = e.recipient_country
left join {{ ref("dim_weapon_categories").include(database=false) }} as w on w.weapon_category = e.weapon_category
