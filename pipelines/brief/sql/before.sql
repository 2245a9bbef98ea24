-- What the file before this one, attached as `before`, said of its events.
insert into known
select event_id, current_stage, claim_status, is_contested, report_count from before.marts.fct_arms_transfers
union all
select event_id, current_stage, claim_status, is_contested, report_count from before.marts.fct_sanctions
union all
select event_id, current_stage, claim_status, is_contested, report_count from before.marts.fct_meetings;
