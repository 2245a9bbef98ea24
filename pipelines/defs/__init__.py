"""All that knows Dagster: thin assets over the rooms, in the order in which data flows.

`landing` -> `reports` -> `marts` -> `publication`; beside them `checks`, `quality`, `automation` (job, schedule,
sensor), `resources`, and `preview` for what the UI shows. What an asset does lives in the room that it calls, not here.
"""
