-- Which dated or published report of a deal may follow which: the rule for two reports of one deal.
with
    items as (
        select distinct
            item,
            sides,
            weapon_category,
            designation,
            user_name,
            stage,
            stage_order,
            is_open,
            quantity_min,
            quantity_max,
            vagueness,
            window_start,
            window_end
        from {{ ref("int_arms_statements") }}
        where is_anchor
    ),
    pairs as (
        select
            a.item as leader,
            b.item,
            greatest(b.window_start - a.window_end, a.window_start - b.window_end, 0) as gap,
            abs(a.window_start - b.window_start) as apart,
            abs(a.stage_order - b.stage_order) as steps,
            a.vagueness <= 1 and b.vagueness <= 1 as both_dated,
            a.vagueness = 0 and b.vagueness = 0 as both_exact,
            coalesce(a.designation = b.designation, false) as same_designation,
            coalesce(a.user_name = b.user_name, false) as same_user,
            coalesce(a.quantity_min = b.quantity_min, false) as same_quantity,
            -- The two in the order of their stages.
            case when a.stage_order <= b.stage_order then a else b end as early,
            case when a.stage_order <= b.stage_order then b else a end as late
        from items as a
        inner join
            items as b
            on b.sides = a.sides
            and b.weapon_category = a.weapon_category
            and b.item > a.item
            and b.window_start <= a.window_end + 300
            and a.window_start <= b.window_end + 300
        where {{ no_conflict("a.designation", "b.designation") }} and {{ no_conflict("a.user_name", "b.user_name") }}
    ),
    judged as (
        select
            *,
            -- Quantities of two deals: apart, and by more than a factor of two. A part of what was agreed may arrive
            -- first.
            coalesce(
                late.quantity_min > 2 * coalesce(early.quantity_max, early.quantity_min)
                or (
                    early.quantity_min > 2 * coalesce(late.quantity_max, late.quantity_min)
                    and not (early.stage_order < late.stage_order and early.quantity_min <= 50 * late.quantity_min)
                ),
                false
            ) as quantities_differ,
            case
                -- The same stage is told twice only where the times meet; exact days may differ by a time zone or a
                -- weekend.
                when early.stage = late.stage
                then gap <= if(both_exact, 3, 0)
                -- A wish ends in a refusal.
                when late.stage = 'refused'
                then early.is_open and late.window_end >= early.window_start - 7 and gap <= 120
                -- What was refused may be agreed later, not at the same time.
                when early.stage = 'refused'
                then late.window_start > early.window_end and gap <= 300
                -- Asking again after a delivery is a new deal.
                when early.is_open and late.stage = 'delivered'
                then early.window_end < late.window_end and gap <= 300
                when early.is_open
                then early.window_end <= late.window_end + 14 and gap <= 300
                -- Supplies that go on after a first delivery are the same deal only while the times meet.
                when early.stage = 'in_progress' and early.window_end > late.window_end
                then gap = 0
                -- An agreement after the delivery is a new deal.
                else early.window_start <= late.window_end and gap <= 300
            end as times_agree
        from pairs
    )
select
    leader,
    item,
    gap
    + apart / 10.0
    + 20 * steps
    - 300 * same_designation::int
    - 300 * same_user::int
    - 100 * same_quantity::int as distance
from judged
where times_agree and not quantities_differ
