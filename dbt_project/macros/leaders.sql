{#
Who leads and who follows, from links (leader, item, distance) that say which item may follow which earlier one.
Items are numbered by precedence. An item that nobody before it can lead is a leader; whoever may follow a leader
leads nobody. So an event is one leader with the items that are compatible with the leader itself: nothing is
joined through a third, vaguer item, and the outcome depends on the set of items only, not on their order of arrival.
Each round settles all pairs whose leader is certain by then. Returns (item, leader): each follower with its nearest leader.
#}
{% macro followers(links) %}
    with recursive rounds as (
        select leader, item, false as settled from {{ links }}
        union all
        (
            with led as (select distinct item from rounds where settled),
            open_links as (
                select r.leader, r.item
                from rounds as r
                where not r.settled
                    and not exists (select 1 from led where led.item = r.leader)
                    and not exists (select 1 from led where led.item = r.item)
            ),
            certain as (
                select distinct o.leader from open_links as o
                where not exists (select 1 from open_links as x where x.item = o.leader)
            )
            select o.leader, o.item, c.leader is not null
            from open_links as o left join certain as c on c.leader = o.leader
        )
    ),
    led as (select distinct item from rounds where settled)
    select l.item, arg_min(l.leader, (l.distance, l.leader)) as leader
    from {{ links }} as l
    where l.item in (select item from led) and l.leader not in (select item from led)
    group by l.item
{% endmacro %}

{# The stretches of so many days that a window touches, one row each: windows that meet share one, so that models join
   on stretches instead of comparing every window with every other. #}
{% macro stretches(first, last, days) -%}
    unnest(range(({{ first }} - date '1970-01-01') // {{ days }}, ({{ last }} - date '1970-01-01') // {{ days }} + 1))
{%- endmacro %}
