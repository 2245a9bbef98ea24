"""`make bench-events`: how long `dbt build` takes for the events of so many reports, and how that grows.

    python -m tests.benchmarks.events --sizes 100000,1000000 --write

Generated stores, one report a document, a third of each fact type: 400 pairs of countries, ten years that grow with the
number of reports, so that the events of a pair stay as dense as they are in the news. A first build, and one after the
first was published, with all its ids and revisions known.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import duckdb

from pipelines.loading import connect_store, remember_events
from pipelines.settings import DBT_PROJECT, Settings
from tests.benchmarks.page import machine, write_part

HEADING = "## Events"

# As many reports of a pair of countries on a day as 100,000 reports make in ten years.
_DICE = "create temp macro roll(i, dice) as (hash(concat_ws(' ', i, dice)) >> 2)::bigint"
_GENERATE = """
    create temp table told as
    select
        i, md5(i::varchar)[:16] as report_id, md5('d' || i)[:16] as document_id,
        'Passage ' || i || ' says what happened between the two.' as evidence_text,
        countries[1 + roll(i, 1) % 20] as a, countries[21 + roll(i, 2) % 20] as b,
        date '2015-01-01' + (roll(i, 3) % (3650 * greatest($count // 100000, 1)))::int as day,
        roll(i, 4) % 3 as kind, roll(i, 5) % 1000 as chance
    from range($count) as r(i), (select list(country_code order by country_code) as countries from (
        select country_code from read_csv($countries) where kind = 'country' limit 40))
"""
_STATEMENTS = (
    """
    insert into raw.documents by name select document_id, i || '.txt' as source_path, 'outlet ' || roll(i, 6) % 50 as
        outlet, 'vi' as language, day + 1 as published_on, 'manifest' as published_on_source, evidence_text as body,
        document_id as content_sha256, timestamp '2024-01-01' as loaded_at from told
    """,
    """
    insert into raw.document_sources by name select document_id, source_path, source_path as file_path,
        '' as file_sha256, loaded_at as first_seen_at, loaded_at as last_seen_at from raw.documents
    """,
    """
    create temp table common as select *,
        case when chance < 40 then 'denied' when chance < 300 then 'alleged' else 'stated' end as claim_status,
        if(chance % 5 = 0, a, null) as claimed_by_country,
        if(chance % 4 = 0, null, day) as date_start,
        if(chance % 4 = 0, null, day + if(chance % 3 = 0, 30, 0)) as date_end,
        if(chance % 4 = 0, null, if(chance % 3 = 0, 'month', 'day')) as date_precision, 0 as evidence_start,
        length(evidence_text) as evidence_end, 0.8 as confidence, 'generated' as rule, 'bench' as extractor,
        '1' as extractor_version, timestamp '2024-01-01' as extracted_at from told
    """,
    """
    insert into raw.arms_transfer_reports by name select c.* exclude (i, a, b, day, kind, chance),
        ['sought', 'agreed', 'in_progress', 'delivered'][1 + roll(i, 7) % 4] as stage,
        a as supplier_country, b as recipient_country,
        ['uav', 'artillery', 'missile_or_rocket', 'naval', 'unspecified'][1 + roll(i, 8) % 5] as weapon_category,
        if(chance % 2 = 0, 'Type ' || roll(i, 9) % 12, null) as weapon_designation,
        if(chance % 3 = 0, 1 + roll(i, 10) % 90, null)::bigint as quantity_min, quantity_min as quantity_max
    from common as c where kind = 0
    """,
    """
    insert into raw.sanction_reports by name select c.* exclude (i, a, b, day, kind, chance),
        ['threatened', 'imposed', 'in_force', 'extended', 'lifted'][1 + roll(i, 7) % 5] as stage,
        a as authority, b as target_country, if(chance % 2 = 0, 'organisation', 'country') as target_kind,
        if(chance % 2 = 0, 'Company ' || roll(i, 9) % 40, null) as target_name,
        ['asset_freeze', 'financial', 'unspecified'][1 + roll(i, 8) % 3] as measure
    from common as c where kind = 1
    """,
    """
    insert into raw.meeting_reports by name select c.* exclude (i, a, b, day, kind, chance),
        ['planned', 'held'][1 + roll(i, 7) % 2] as stage, [a, b] as participant_countries,
        if(chance % 2 = 0, ['Person ' || roll(i, 9) % 30, 'Guest ' || roll(i, 10) % 30], []) as participant_names,
        ['talks', 'visit', 'summit'][1 + roll(i, 8) % 3] as meeting_kind
    from common as c where kind = 2
    """,
)


class Built(NamedTuple):
    """What one number of reports came to; seconds by the clock."""

    reports: int
    events: int
    first: float
    again: float


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench-events", description=__doc__)
    options.add_argument("--sizes", default="10000,100000", help="numbers of reports")
    options.add_argument("--write", action="store_true", help="write docs/performance.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="armswatch-events-") as scratch:
        found = [_measure(Path(scratch), int(count)) for count in chosen.sizes.split(",")]
    part = _part(found)
    print(part)
    if chosen.write:
        write_part(HEADING, part)


def _measure(scratch: Path, count: int) -> Built:
    folder = scratch / str(count)
    store, built = folder / "store.duckdb", folder / "built.duckdb"
    with connect_store(store) as con:
        countries = str(DBT_PROJECT.parent / "seeds" / "reference" / "countries.csv")
        con.execute(_DICE)
        con.execute(_GENERATE, {"count": count, "countries": countries})
        for statement in _STATEMENTS:
            con.execute(statement)
    first = _build(store, built, scratch)
    with connect_store(store) as con:
        remember_events(con, built)
    built.unlink()
    again = _build(store, built, scratch)
    with duckdb.connect(str(built), read_only=True) as con:
        events = con.execute("select count(distinct event_id) from marts.mart_event_history").fetchone()[0]
        assert con.execute("select count(*) from marts.mart_event_history where change <> 'created'").fetchone() == (0,)
    return Built(count, events, first, again)


def _build(store: Path, built: Path, target: Path) -> float:
    program = Path(sys.executable).with_name("dbt")
    env = os.environ | {
        "ARMSWATCH_STORE": str(store), "ARMSWATCH_BUILD": str(built), "DBT_LOG_PATH": str(target / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "ARMSWATCH_MEMORY": f"{Settings.from_env().marts_memory // 10**6}MB",
    }  # fmt: skip
    started = time.perf_counter()
    subprocess.run(
        [program, "--quiet", "build", "--profiles-dir", ".", "--target-path", target],
        cwd=DBT_PROJECT, env=env, check=True,
    )  # fmt: skip
    return time.perf_counter() - started


def _part(found: list[Built]) -> str:
    rows = [f"| {b.reports:,} | {b.events:,} | {b.first:.0f} s | {b.again:.0f} s |" for b in found]
    sizes = ",".join(str(b.reports) for b in found)
    command = f"make bench-events SIZES={sizes} MEMORY_LIMIT={Settings.from_env().memory_limit // 10**9}GB WRITE=1"
    made = (
        f"{dt.date.today()}, {machine()}. `{command}`: generated reports, 400 pairs of countries; the database has "
        "what a run and dbt leave of the memory. Models, unit tests and data tests, by the clock, dbt's start of about "
        "five seconds included."
    )
    table = ["| reports | events | `dbt build`, first | `dbt build`, all known |", "|---|---|---|---|", *rows]
    return "\n".join([HEADING, "", *table, "", fill(made, 120)])


if __name__ == "__main__":
    main()
