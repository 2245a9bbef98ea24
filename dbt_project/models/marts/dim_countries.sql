with
    memberships as (
        select
            country_code, list(struct_pack(bloc_code, joined_on, left_on) order by bloc_code, joined_on) as memberships
        from {{ ref("bloc_memberships") }}
        group by country_code
    )
select
    c.country_code,
    c.alpha3,
    c.numeric_code,
    c.name_en,
    c.name_vi,
    c.kind,
    coalesce(m.memberships, []) as memberships,
    c.source
from {{ ref("countries") }} as c
left join memberships as m on m.country_code = c.country_code
