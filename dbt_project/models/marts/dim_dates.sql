-- Whole years from the first to the last date that any document, report or event has.
with
    bounds as (
        select min(day) as first_day, max(day) as last_day
        from
            (
                select published_on as day
                from {{ ref("stg_documents") }}
                union all
                select unnest([date_start, date_end])
                from {{ ref("int_event_reports") }}
            )
    ),
    days as (
        select
            unnest(
                range(
                    date_trunc('year', first_day)::timestamp,
                    date_trunc('year', last_day)::timestamp + interval 1 year,
                    interval 1 day
                )
            )::date as day
        from bounds
        where first_day is not null
    )
select
    day,
    year(day)::integer as year,
    quarter(day)::integer as quarter,
    month(day)::integer as month,
    date_trunc('month', day)::date as month_start,
    isoyear(day)::integer as iso_year,
    week(day)::integer as iso_week,
    isodow(day)::integer as iso_weekday,
    isodow(day) >= 6 as is_weekend
from days
