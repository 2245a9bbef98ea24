-- Which dated or published report of a meeting may follow which: the rule for two reports of one meeting.
with
    items as (
        select distinct
            item,
            sides,
            names,
            channel,
            meeting_kind,
            place_country,
            stage,
            is_ahead,
            vagueness,
            window_start,
            window_end
        from {{ ref("int_meeting_statements") }}
        where is_anchor
    ),
    -- A smaller set of sides is found through its first two in the pairs of any larger set, in the same stretch of time.
    smaller as (
        select
            *,
            sides[1] as side_a,
            coalesce(sides[2], '') as side_b,
            {{ stretches("window_start - 14", "window_end + 14", 32) }} as stretch
        from items
    ),
    sides_of as (
        select i.item, a.side as side_a, b.side as side_b
        from items as i, unnest(i.sides[1:12]) as a(side), unnest(i.sides[1:12]) as b(side)
        where a.side < b.side
        union all
        select item, sides[1], ''
        from items
        where len(sides) = 1
    ),
    larger as (
        select i.*, s.side_a, s.side_b, {{ stretches("i.window_start", "i.window_end", 32) }} as stretch
        from items as i
        inner join sides_of as s on s.item = i.item
    ),
    candidates as (
        select distinct least(x.item, y.item) as leader, greatest(x.item, y.item) as item
        from smaller as x
        inner join
            larger as y
            on y.side_a = x.side_a
            and y.side_b = x.side_b
            and y.channel = x.channel
            and y.stretch = x.stretch
            and y.item <> x.item
        where
            x.window_start <= y.window_end + 14
            and y.window_start <= x.window_end + 14
            and list_has_all(y.sides, x.sides)
    ),
    pairs as (
        select
            c.leader,
            c.item,
            a,
            b,
            greatest(b.window_start - a.window_end, a.window_start - b.window_end, 0) as gap,
            abs(a.window_start - b.window_start) as apart,
            a.sides = b.sides as same_sides,
            a.vagueness <= 1 and b.vagueness <= 1 as both_dated,
            a.vagueness = 0 and b.vagueness = 0 as both_exact,
            len(a.names) > 0 and len(b.names) > 0 as both_named,
            len(a.names) > 0 or len(b.names) > 0 as some_named,
            -- How many of a's people are among b's.
            len(
                list_filter(a.names, lambda x:len(list_filter(b.names, lambda y:{{ same_name("x", "y") }})) > 0)
            ) as shared,
            least(len(a.names), len(b.names)) as fewest
        from candidates as c
        inner join items as a on a.item = c.leader
        inner join items as b on b.item = c.item
        where
            a.place_country is null
            or b.place_country is null
            or a.place_country = b.place_country
            or (a.is_ahead <> b.is_ahead)
    ),
    judged as (
        select
            *,
            case
                -- People meet others on the same trip: unless one list holds the other, only the same day and kind
                -- will do.
                when both_named and shared < fewest
                then
                    shared > 0
                    and both_exact
                    and gap = 0
                    and a.meeting_kind = b.meeting_kind
                    and a.place_country = b.place_country
                when both_named and a.is_ahead <> b.is_ahead
                then gap <= 14
                when both_named
                then gap <= if(both_exact, 3, 0)
                -- Without names on one side, the time has to be exact, or the month with place and kind.
                when some_named
                then
                    same_sides
                    and (
                        (both_exact and gap <= 1)
                        or (a.is_ahead <> b.is_ahead and least(a.vagueness, b.vagueness) = 0 and gap = 0)
                        or (
                            both_dated
                            and gap = 0
                            and a.place_country = b.place_country
                            and a.meeting_kind = b.meeting_kind
                        )
                    )
                else same_sides and gap <= if(both_exact, 1, 0) and (both_dated or a.meeting_kind = b.meeting_kind)
            end as agrees
        from pairs
    )
select leader, item, gap + apart / 10.0 + if(both_named, 0, 30) + if(a.meeting_kind = b.meeting_kind, 0, 5) as distance
from judged
where agrees
