"""What a run came to, for a person: rows of the marts, rejects by reason, a row of each kind with its evidence."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.loading import connect_reader
from pipelines.settings import Settings

_SAMPLES = {
    "arms transfer": """
        select coalesce(supplier_actor, supplier_country) as supplier, coalesce(recipient_actor, recipient_country) as
            recipient, weapon_category as weapon, weapon_designation as designation, quantity_text as quantity,
            stage, claim_status as claim, claimed_by_country as claimed_by, date_start as date, r.evidence_text,
            d.source_path
        from marts.fct_arms_transfer_reports as r join marts.dim_documents as d using (document_id)
        order by (supplier_country is not null and recipient_country is not null) desc,
            (weapon_designation is not null)::int + (quantity_text is not null)::int
                + (date_start is not null)::int desc, r.confidence desc, report_id limit 1
    """,
    "sanction": """
        select coalesce(authority_actor, authority) as authority, target_country as target, target_name as named,
            measure, stage, claim_status as claim, claimed_by_country as claimed_by, date_start as date,
            r.evidence_text, d.source_path
        from marts.fct_sanction_reports as r join marts.dim_documents as d using (document_id)
        order by (authority is not null and target_country is not null) desc,
            (measure <> 'unspecified')::int + (date_start is not null)::int desc, r.confidence desc, report_id limit 1
    """,
    "meeting": """
        select array_to_string(participant_countries, ', ') as countries, array_to_string(participant_names, ', ') as
            people, meeting_kind as kind, stage, claim_status as claim, date_start as date, place_text as place,
            r.evidence_text, d.source_path
        from marts.fct_meeting_reports as r join marts.dim_documents as d using (document_id)
        order by (len(participant_names) > 1)::int + (date_start is not null)::int + (place_text is not null)::int desc,
            r.confidence desc, report_id limit 1
    """,
}
_ORDER = ("dim_documents", "fct", "bridge", "mart", "dim")


def show(settings: Settings, seconds: float, published: bool) -> None:
    """Print it all, and the commands that lead on."""
    console = Console(highlight=False, soft_wrap=False)
    with connect_reader(settings.warehouse) as con:
        console.print(_rows(con))
        console.print(_rejects(con))
        for line in _corrections(con):
            console.print(line)
        for kind, query in _SAMPLES.items():
            console.print(*_sample(con, kind, query), sep="\n")
    place = f" WAREHOUSE={shlex.quote(settings.address)}" if settings.warehouse != Settings.warehouse else ""
    what = "published" if published else "is as it was, as nothing has changed: seen"
    console.print(f"\n[bold]{escape(settings.address)}[/] {what} in {seconds:.0f} s. Go on with")
    for command, gives in (
        ("make brief", f"what came in, as a page: {settings.brief / 'index.html'}"),
        ("make ui", "the Dagster UI: lineage, runs, schedule, sensor"),
        ("make sql", "a read-only SQL prompt"),
        ("make docs", "every table and column explained"),
    ):
        console.print(f"  [bold]{command}{escape(place)}[/]  {escape(gives)}", soft_wrap=True)


def _rows(con: duckdb.DuckDBPyConnection) -> Table:
    names = [
        name for (name,) in con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    ]
    table = Table(title="Rows in schema marts", title_justify="left", box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan")
    table.add_column(justify="right")
    rank = {
        name: min(i for i, start in enumerate(_ORDER) if name.startswith(start))
        for name in names
        if name.startswith(_ORDER)
    }
    for name in sorted(names, key=lambda name: (rank.get(name, len(_ORDER)), name)):
        count = con.execute(f'select count(*) from marts."{name}"').fetchone()[0]  # noqa: S608 - a name of the catalog
        table.add_row(name, f"{count:,}")
    return table


def _rejects(con: duckdb.DuckDBPyConnection) -> str:
    reasons = con.execute(
        "select reason, count(*) from marts.mart_rejected_inputs group by 1 order by 2 desc, 1"
    ).fetchall()
    if not reasons:
        return "\nNo input was rejected."
    return "\nRejected inputs: " + ", ".join(f"{count} {escape(reason)}" for reason, count in reasons)


def _corrections(con: duckdb.DuckDBPyConnection) -> Iterator[Text]:
    """Lines of the corrections file that somebody should look at again."""
    for file, line, status, message in con.execute(
        "select file, line, status, message from marts.mart_corrections "
        "where status in ('refused', 'unknown', 'outdated') order by line limit 20"
    ).fetchall():
        yield Text(f"Correction {file}:{line}: {status}: {' '.join(message.split())}", style="yellow")


def _sample(con: duckdb.DuckDBPyConnection, kind: str, query: str) -> Iterator[str | Text]:
    found = con.execute(query)
    columns = [column[0] for column in found.description]
    row = found.fetchone()
    if row is None:
        return
    *values, evidence, source = row
    said = "  ".join(
        f"{name} [bold]{escape(str(value))}[/]"
        for name, value in zip(columns, values, strict=False)
        if value not in (None, "")
    )
    yield f"\n[green]{kind}[/]  {said}"
    yield Text(f"  “{' '.join(evidence.split())}”", style="italic")
    yield Text(f"  {source}", style="dim")
