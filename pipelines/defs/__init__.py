"""All that knows Dagster: thin assets over the rooms, in the order in which data flows.

`landing` -> `reports` -> `marts` -> `publication` -> `exports`; beside `landing` `corrections` and `registers`; beside
all of them `checks`, `quality`, `automation` (jobs, schedule, sensors), `resources`, and `preview` for what the UI
shows. What an asset does lives in the room that it calls, not here.
"""
