with
    reports as ({{ telling_reports("arms_transfer") }}),
    roles as (
        select
            event_id,
            {{ most_told("supplier_country") }} as supplier_country,
            {{ most_told("supplier_actor") }} as supplier_actor,
            {{ most_told("recipient_country") }} as recipient_country,
            {{ most_told("recipient_actor") }} as recipient_actor,
            {{ most_told("end_user") }} as end_user,
            coalesce({{ most_told("nullif(weapon_category, 'unspecified')") }}, 'unspecified') as weapon_category,
            {{ most_told("weapon_designation") }} as weapon_designation,
            {{ most_told("value_usd") }} as value_usd
        from reports
        group by event_id
    ),
    -- The quantity that is told of the furthest stage: what was delivered, else what was agreed, else what was sought.
    quantities as (
        select event_id, {{ most_told("struct_pack(quantity_min, quantity_max, quantity_unit)") }} as quantity
        from
            (
                select *
                from reports
                where quantity_min is not null or quantity_max is not null
                qualify stage_order = max(stage_order) over (partition by event_id)
            )
        group by event_id
    ),
    told as (
        select
            r.*,
            q.quantity.quantity_min as quantity_min,
            q.quantity.quantity_max as quantity_max,
            q.quantity.quantity_unit as quantity_unit
        from roles as r
        left join quantities as q on q.event_id = r.event_id
    )
select
    r.event_id,
    r.supplier_country,
    r.recipient_country,
    {{ mended_columns(
        ["supplier_actor", "recipient_actor", "end_user", "weapon_category", "weapon_designation", "quantity_min",
            "quantity_max", "quantity_unit", "value_usd"],
        {"quantity_min": "bigint", "quantity_max": "bigint", "value_usd": "double"},
    ) }}
    {{ event_columns() }}
from told as r
inner join {{ ref("int_events") }} as e on e.event_id = r.event_id
left join {{ ref("stg_mends") }} as m on m.id = r.event_id
