-- Who says what of whom. The accused is each side of the event that is not the claimant itself.
with
    accused as (select event_id, unnest([country_a, country_b]) as country_code from {{ ref("int_event_pairs") }}),
    claims as (
        select distinct
            r.report_id,
            r.event_id,
            r.fact_type,
            r.claimed_by_country as claimant_country,
            a.country_code as accused_country,
            r.published_on,
            e.is_contested
        from {{ ref("int_event_reports") }} as r
        inner join {{ ref("int_events") }} as e on e.event_id = r.event_id
        inner join accused as a on a.event_id = r.event_id and a.country_code <> r.claimed_by_country
        where r.claim_status = 'alleged'
    )
select
    claimant_country,
    accused_country,
    fact_type,
    count(*) as claim_count,
    count(distinct event_id) as event_count,
    count(distinct event_id) filter (where is_contested) as contested_count,
    round(count(distinct event_id) filter (where is_contested) / count(distinct event_id), 4)::double
    as contested_share,
    min(published_on) as first_claimed_on,
    max(published_on) as last_claimed_on
from claims
group by claimant_country, accused_country, fact_type
