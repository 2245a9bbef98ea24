-- What the press and the registers say of the same things. A register that was not dropped has no rows.
with
    transfers as (
        select
            *,
            {{ fold("weapon_designation") }} as type_form,
            year(coalesce(date_start, first_reported_on)) as first_year,
            year(coalesce(date_end, first_reported_on)) as last_year
        from {{ ref("fct_arms_transfers") }}
        where
            current_stage in ('agreed', 'in_progress', 'delivered')
            and claim_status <> 'denied'
            and exists (select 1 from {{ ref("stg_sipri_deals") }})
    ),
    designations as (
        select {{ fold("form") }} as form, min({{ fold("designation") }}) as type
        from
            (
                select designation, unnest(list_append(aliases, designation)) as form
                from {{ ref("dim_weapon_designations") }}
            )
        group by 1
    ),
    categories as (
        select weapon_category, trim(unnest(string_split(sipri_category, ';'))) as armament_category
        from {{ ref("dim_weapon_categories") }}
    ),
    -- The same sides, the same type or, where the press names none, its category, and years that come near each other.
    deal_matches as (
        select
            t.event_id,
            d.line,
            -- An order is compared with the year of the order, anything later with the years of delivery.
            if(t.current_stage = 'agreed', coalesce(d.order_year, d.first_delivery_year), d.first_delivery_year)
            as register_first_year,
            if(t.current_stage = 'agreed', coalesce(d.order_year, d.last_delivery_year), d.last_delivery_year)
            as register_last_year,
            greatest(register_first_year - t.last_year, t.first_year - register_last_year, 0) as years_apart
        from transfers as t
        inner join
            {{ ref("stg_sipri_deals") }} as d
            on d.supplier_country = t.supplier_country
            and d.recipient_country = t.recipient_country
            and t.first_year <= d.last_delivery_year + 2
            and t.last_year >= coalesce(d.order_year, d.first_delivery_year) - 2
        left join designations as x on x.form = t.type_form
        left join designations as y on y.form = {{ fold("d.designation") }}
        left join
            categories as c on c.weapon_category = t.weapon_category and c.armament_category = d.armament_category
        where
            coalesce(x.type, t.type_form) = coalesce(y.type, {{ fold("d.designation") }})
            or (t.type_form is null and c.weapon_category is not null)
        qualify row_number() over (partition by t.event_id order by years_apart, d.line) = 1
    ),
    sanctions as (
        select *, list_distinct(string_split({{ fold("target_name") }}, ' ')) as words
        from {{ ref("fct_sanctions") }}
        where
            authority = 'US'
            and target_kind in ('person', 'organisation')
            and {{ fold("target_name") }} is not null
            and claim_status <> 'denied'
            and current_stage not in ('called_for', 'threatened')
            and exists (select 1 from {{ ref("stg_ofac_entries") }})
    ),
    entry_words as (select line, unnest(words) as word from {{ ref("stg_ofac_entries") }}),
    -- All words of the name stand in the entry's: two of them at least, or all but one of the entry's, such as "Ltd". The
    -- longest word finds the few entries that are worth a look.
    entry_matches as (
        select s.event_id, e.line
        from sanctions as s
        inner join
            entry_words as w
            on w.word = list_last(list_sort(list_transform(s.words, lambda word:(length(word), word))))[2]
        inner join {{ ref("stg_ofac_entries") }} as e on e.line = w.line
        where
            list_has_all(e.words, s.words)
            and (len(s.words) >= 2 or len(e.words) <= 2)
            and (s.target_kind = 'person') = (e.kind = 'individual')
        qualify row_number() over (partition by s.event_id order by len(e.words), e.line) = 1
    ),
    compared as (
        select
            'sipri_trade_register' as register,
            t.event_id,
            d.register_id,
            coalesce(t.supplier_country, d.supplier_country) as country_a,
            coalesce(t.recipient_country, d.recipient_country) as country_b,
            coalesce(t.weapon_designation, t.weapon_category) as press_name,
            coalesce(d.designation, d.description) as register_name,
            t.current_stage as press_stage,
            t.quantity_min as press_quantity_min,
            t.quantity_max as press_quantity_max,
            d.number_delivered as register_quantity,
            t.date_start as press_date_start,
            t.date_end as press_date_end,
            coalesce(m.register_first_year, d.order_year, d.first_delivery_year) as register_first_year,
            coalesce(m.register_last_year, d.last_delivery_year) as register_last_year,
            d.is_estimate as register_is_estimate,
            list_filter(
                [
                    if(
                        d.number_delivered < t.quantity_min
                        or d.number_delivered > coalesce(t.quantity_max, d.number_delivered),
                        'quantity',
                        null
                    ),
                    if(m.years_apart > 0, 'date', null)
                ],
                lambda difference:difference is not null
            ) as differences,
            d.file,
            d.line
        from transfers as t
        left join deal_matches as m on m.event_id = t.event_id
        full join {{ ref("stg_sipri_deals") }} as d on d.line = m.line
        union all
        select
            'ofac_sdn',
            s.event_id,
            e.register_id,
            s.authority,
            s.target_country,
            s.target_name,
            e.name,
            s.current_stage,
            null,
            null,
            null,
            s.date_start,
            s.date_end,
            null,
            null,
            null,
            -- The list has no dates; it tells only who is on it now.
            if(s.current_stage = 'lifted' and e.line is not null, ['status'], []),
            e.file,
            e.line
        from sanctions as s
        left join entry_matches as m on m.event_id = s.event_id
        full join {{ ref("stg_ofac_entries") }} as e on e.line = m.line
        where e.line is not null or s.current_stage <> 'lifted'
    )
select
    register,
    case
        when line is null
        then 'press_only'
        when event_id is null
        then 'register_only'
        when len(differences) > 0
        then 'differing'
        else 'both'
    end as status,
    differences,
    event_id,
    register_id,
    country_a,
    country_b,
    press_name,
    register_name,
    press_stage,
    press_quantity_min,
    press_quantity_max,
    register_quantity,
    press_date_start,
    press_date_end,
    register_first_year,
    register_last_year,
    register_is_estimate,
    file,
    line
from compared
