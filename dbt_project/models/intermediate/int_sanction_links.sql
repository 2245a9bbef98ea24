-- Which dated or published report of a sanction may follow which: the rule for two reports of one sanction.
with
    items as (
        select distinct
            item,
            sides,
            track,
            is_regime,
            target_kind,
            target,
            measure,
            stage,
            stage_order,
            vagueness,
            window_start,
            window_end,
            dense_rank() over (order by sides, target) as target_id
        from {{ ref("int_sanction_statements") }}
        where is_anchor
    ),
    -- Targets of one regime that go by one name; without a name it is all of it.
    targets as (select distinct target_id, sides, target from items),
    alike as materialized (
        select i.*, a.target_id as alike_id
        from targets as a
        inner join targets as b on b.sides = a.sides
        inner join items as i on i.target_id = b.target_id
        where a.target_id = b.target_id or coalesce({{ same_name("a.target", "b.target") }}, false)
    ),
    around as (
        select *, {{ stretches("window_start - 120", "window_end + 120", 128) }} as stretch
        from items
        where track <> 'standing'
    ),
    within as (
        select *, {{ stretches("window_start", "window_end", 128) }} as stretch from items where track <> 'standing'
    ),
    -- One sanction: acts on the same target whatever their time; else a proposal, or a name given by one side only,
    -- at about the same time.
    candidates as (
        select a.item as leader, b.item
        from items as a
        inner join alike as b on b.alike_id = a.target_id and b.item > a.item
        where 'proposal' not in (a.track, b.track)
        union all
        select distinct a.item, b.item
        from around as a
        inner join within as b on b.sides = a.sides and b.stretch = a.stretch and b.item > a.item
        where
            a.window_start <= b.window_end + 120
            and b.window_start <= a.window_end + 120
            and ('proposal' in (a.track, b.track) or (a.target is null) <> (b.target is null))
    ),
    pairs as (
        select
            c.leader,
            c.item,
            greatest(b.window_start - a.window_end, a.window_start - b.window_end, 0) as gap,
            abs(a.window_start - b.window_start) as apart,
            a.vagueness <= 1 and b.vagueness <= 1 as both_dated,
            a.vagueness = 0 and b.vagueness = 0 as both_exact,
            coalesce({{ same_name("a.target", "b.target") }}, false) as same_target,
            (a.target is null) <> (b.target is null) as one_named,
            a.is_regime and b.is_regime as both_regime,
            a.target_kind = b.target_kind as same_kind,
            a.measure = b.measure and a.measure <> 'unspecified' as same_measure,
            a.measure <> b.measure and 'unspecified' not in (a.measure, b.measure) as other_measure,
            -- The two in the order of their stages.
            a.stage_order <= b.stage_order as in_order,
            if(in_order, a.stage, b.stage) as early_stage,
            if(in_order, a.track, b.track) as early_track,
            if(in_order, a.window_start, b.window_start) as early_window_start,
            if(in_order, a.window_end, b.window_end) as early_window_end,
            if(in_order, b.stage, a.stage) as late_stage,
            if(in_order, b.track, a.track) as late_track,
            if(in_order, b.window_start, a.window_start) as late_window_start,
            if(in_order, b.window_end, a.window_end) as late_window_end
        from candidates as c
        inner join items as a on a.item = c.leader
        inner join items as b on b.item = c.item
        where
            {{ no_conflict("a.target", "b.target") }}
            and (a.target_kind = b.target_kind or (a.is_regime and b.is_regime))
    ),
    judged as (
        select
            *,
            case
                -- Announcements of one step: the times meet, and fall into one month where both are dated.
                when early_stage = 'imposed' and late_stage = 'imposed'
                then gap <= if(both_exact, 1, 0) and (not one_named or both_exact) and (not other_measure or both_exact)
                -- What was imposed is later extended, eased or lifted.
                when early_stage = 'imposed' and late_track = 'act'
                then
                    early_window_start <= late_window_end
                    and not other_measure
                    and (same_target or (both_regime and not one_named))
                when early_track = 'act' and late_track = 'act'
                then
                    (gap <= if(both_exact, 3, 0) or (early_window_start <= late_window_start and same_target))
                    and not one_named
                -- Sanctions in force are the ones that were imposed before, by the same authority on the same target.
                when 'standing' in (early_track, late_track) and 'proposal' not in (early_track, late_track)
                then
                    (same_target or (both_regime and not one_named))
                    and not other_measure
                    and if(early_stage = 'imposed', early_window_start <= late_window_end, true)
                -- A threat or a demand is not the sanction itself, unless it names the same person, body or measure
                -- shortly before.
                when early_track = 'proposal' and late_track = 'proposal'
                then gap = 0 and not one_named and not other_measure
                when early_track = 'proposal' and late_stage = 'imposed'
                then
                    (same_target or (same_measure and both_regime))
                    and early_window_end <= late_window_end
                    and gap <= 120
                else false
            end as agrees
        from pairs
    )
select
    leader,
    item,
    case
        -- What is in force without a date is the oldest that it can be: a regime counts from its first day.
        when 'standing' in (early_track, late_track) then leader / 1000000000.0 else gap + apart / 10.0
    end
    - 300 * same_target::int
    - 100 * same_measure::int
    - 50 * same_kind::int as distance
from judged
where agrees
