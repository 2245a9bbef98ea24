-- The register has a row per year of delivery; a deal is what was ordered at once.
with
    names as (
        select {{ fold("form") }} as form, min(country_code) as country_code
        from
            (
                select form, country_code
                from {{ ref("country_names") }}
                where language = 'en' and kind in ('name', 'short', 'hyphen')
                union all
                select name_en, country_code
                from {{ ref("countries") }}
            )
        group by 1
        having count(distinct country_code) = 1
    )
select
    min(r.register_id) as register_id,
    min(r.file) as file,
    min(r.line) as line,
    r.supplier,
    s.country_code as supplier_country,
    r.recipient,
    t.country_code as recipient_country,
    r.designation,
    r.description,
    r.armament_category,
    r.order_year,
    sum(r.number_delivered)::bigint as number_delivered,
    min(r.delivery_year) as first_delivery_year,
    max(r.delivery_year) as last_delivery_year,
    bool_or(r.order_year_is_estimate or r.number_is_estimate or r.delivery_year_is_estimate) as is_estimate
from {{ source("store", "sipri_deliveries") }} as r
left join names as s on s.form = {{ register_party("r.supplier") }}
left join names as t on t.form = {{ register_party("r.recipient") }}
group by
    r.supplier,
    s.country_code,
    r.recipient,
    t.country_code,
    r.designation,
    r.description,
    r.armament_category,
    r.order_year
