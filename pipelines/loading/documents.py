"""Landing batches -> store: documents, where they were found, rejects, and which files are done.

Some thousand articles are one transaction, and a file counts as read only together with its last article, so a run
that dies half-way leaves nothing that the next one would not put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.loading.store import now, transaction


class Batch(Protocol):
    """What the landing room hands over: see `pipelines.landing.Batch`."""

    documents: pa.RecordBatch
    rejects: pa.RecordBatch
    files: pa.RecordBatch
    skipped: pa.RecordBatch


# What is loaded at once: each load looks through the whole store once.
LOAD_ROWS, LOAD_BYTES = 20_000, 96 * 2**20


@dataclass(frozen=True)
class LandingSummary:
    """What one pass over the landing folder came to."""

    files_present: int
    files_read: int
    files_gone: int
    articles_read: int
    documents_new: int
    documents_changed: int
    documents_missing: int
    documents_pruned: int
    documents: int
    rejected: int
    skipped: int


# Several files may hold the same article and say different things about it. The one that says best when it was
# published speaks for it; among equals the first by name, so that the order of reading never matters.
_BEST_FIRST = """
    missing_since is not null,
    case published_on_source when 'manifest' then 0 when 'record' then 1 when 'metadata' then 2 when 'dateline' then 3
        else 4 end,
    source_path
"""
# `news.jsonl#17` is line 17 of `news.jsonl`; no file that is one article has a name like that.
_FILE_PATH = r"regexp_replace(source_path, '#[0-9]+$', '')"
_ATTRIBUTES = ("title", "outlet", "url", "language", "published_on", "published_on_source")


class Loader:
    """Takes the batches of one pass over a landing folder."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.moment = self._now = now()
        known = con.execute("select source_path, file_sha256 from raw.landing_files")
        self._known: dict[str, str] = dict(known.fetchall())
        self._unchanged: set[str] = set()
        self._read: set[str] = set()
        self._articles_read = self._documents_new = self._documents_changed = 0
        self._waiting: list[Batch] = []
        self._waiting_rows = self._waiting_bytes = 0

    def unchanged(self, source_path: str, file_sha256: str) -> bool:
        """Whether the file is in the store as it is now, and so need not be read."""
        same = self._known.get(source_path) == file_sha256
        if same:
            self._unchanged.add(source_path)
        return same

    def add(self, batch: Batch) -> None:
        """Take one batch. Files that were skipped as unchanged are listed in it too, and stay as they are."""
        self._waiting.append(batch)
        self._waiting_rows += batch.documents.num_rows + batch.rejects.num_rows
        self._waiting_bytes += batch.documents.nbytes
        self._articles_read += batch.documents.num_rows
        if self._waiting_rows >= LOAD_ROWS or self._waiting_bytes >= LOAD_BYTES:
            self._load()

    def _load(self) -> None:
        waiting, self._waiting, self._waiting_rows, self._waiting_bytes = self._waiting, [], 0, 0
        if not waiting:
            return
        files = pa.Table.from_batches([batch.files for batch in waiting])
        paths = files.column("source_path")
        files = files.filter(pc.invert(pc.is_in(paths, pa.array(sorted(self._unchanged), pa.string()))))
        with transaction(self._con):
            self._add_documents(pa.Table.from_batches([batch.documents for batch in waiting]))
            self._add_rejects(pa.Table.from_batches([batch.rejects for batch in waiting]))
            self._add_skipped(pa.Table.from_batches([batch.skipped for batch in waiting]))
            self._close_files(files)
        self._read.update(files.column("source_path").to_pylist())

    def finish(self, prune: bool) -> LandingSummary:
        """Settle what only the whole pass tells: which files and articles are gone."""
        self._load()
        con = self._con
        present = pa.table({"source_path": pa.array(sorted(self._unchanged | self._read), pa.string())})
        unchanged = pa.table({"source_path": pa.array(sorted(self._unchanged), pa.string())})
        with transaction(con), _views(con, present=present, unchanged=unchanged):
            gone = con.execute(
                "select count(*) from raw.landing_files anti join present using (source_path)"
            ).fetchone()
            con.execute("delete from raw.landing_files where source_path not in (from present)")
            con.execute(
                "update raw.landing_files set last_seen_at = ? where source_path in (from unchanged)", [self._now]
            )
            for table in ("rejected_inputs", "skipped_articles"):
                con.execute(
                    f"delete from raw.{table} where last_seen_at <> ? and source_path not in (from unchanged)",  # noqa: S608
                    [self._now],
                )
            self._mark_missing("file_path not in (from present)")
            pruned = self._prune() if prune else 0
        return LandingSummary(
            files_present=present.num_rows,
            files_read=len(self._read),
            files_gone=gone[0],
            articles_read=self._articles_read,
            documents_new=self._documents_new,
            documents_changed=self._documents_changed,
            documents_missing=self._count(
                "(select document_id from raw.document_sources group by all having count(*) = count(missing_since))"
            ),
            documents_pruned=pruned,
            documents=self._count("raw.documents"),
            rejected=self._count("raw.rejected_inputs"),
            skipped=self._count("raw.skipped_articles", "coalesce(sum(articles), 0)::bigint"),
        )

    def _count(self, relation: str, what: str = "count(*)") -> int:
        return self._con.execute(f"select {what} from {relation}").fetchone()[0]  # noqa: S608 - our own words

    def _add_documents(self, documents: pa.Table) -> None:
        con = self._con
        with _views(con, batch=documents):
            con.execute(
                f"""
                create or replace temp table found as
                select *, {_FILE_PATH} as file_path, null::timestamp as missing_since from batch
                qualify row_number() over (
                    partition by document_id, source_path order by {_BEST_FIRST}, published_on, title, url, outlet
                ) = 1
                """  # noqa: S608
            )
        con.execute(
            f"""
            merge into raw.document_sources as known using found
            on known.document_id = found.document_id and known.source_path = found.source_path
            when matched and known.last_seen_at <> $now then update set
                {", ".join(f"{name} = found.{name}" for name in _ATTRIBUTES)}, last_seen_at = $now, missing_since = null
            when not matched then insert
                (document_id, source_path, file_path, file_sha256, {", ".join(_ATTRIBUTES)},
                    first_seen_at, last_seen_at)
                values (found.document_id, found.source_path, found.file_path, '',
                    {", ".join(f"found.{name}" for name in _ATTRIBUTES)}, $now, $now)
            """,  # noqa: S608
            {"now": self._now},
        )
        self._documents_new += con.execute(
            f"""
            insert into raw.documents
            select document_id, source_path, {", ".join(_ATTRIBUTES)}, body, content_sha256, ? as loaded_at
            from found anti join raw.documents using (document_id)
            qualify row_number() over (partition by document_id order by {_BEST_FIRST}) = 1
            """,  # noqa: S608
            [self._now],
        ).fetchone()[0]
        self._refresh_documents("select document_id from found")

    def _add_skipped(self, skipped: pa.Table) -> None:
        with _views(self._con, batch=skipped):
            self._con.execute(
                "insert into raw.skipped_articles "
                "select source_path, language, sum(articles), ? from batch group by source_path, language",
                [self._now],
            )

    def _add_rejects(self, rejects: pa.Table) -> None:
        with _views(self._con, batch=rejects):
            self._con.execute(
                """
                merge into raw.rejected_inputs as known
                using (select distinct source_path, line, reason, detail from batch) as found
                on known.source_path = found.source_path and known.line is not distinct from found.line
                    and known.reason = found.reason and known.detail is not distinct from found.detail
                when matched then update set last_seen_at = $now
                when not matched then insert (source_path, line, reason, detail, seen_at, last_seen_at)
                    values (found.source_path, found.line, found.reason, found.detail, $now, $now)
                """,
                {"now": self._now},
            )

    def _close_files(self, files: pa.Table) -> None:
        con = self._con
        with _views(con, closed=files):
            con.execute("delete from raw.landing_files where source_path in (select source_path from closed)")
            con.execute(
                "insert into raw.landing_files select source_path, file_sha256, size_bytes, ? from closed",
                [self._now],
            )
            for table, path in (("raw.document_sources", "file_path"), ("raw.rejected_inputs", "source_path")):
                con.execute(
                    f"update {table} as t set file_sha256 = closed.file_sha256 from closed "  # noqa: S608
                    f"where t.{path} = closed.source_path and t.last_seen_at = ?",
                    [self._now],
                )
            for table in ("rejected_inputs", "skipped_articles"):
                con.execute(
                    f"delete from raw.{table} "  # noqa: S608
                    "where last_seen_at <> ? and source_path in (select source_path from closed)",
                    [self._now],
                )
            self._mark_missing("file_path in (select source_path from closed)")

    def _mark_missing(self, where: str) -> None:
        self._con.execute(
            f"""
            create or replace temp table lost as
            select document_id, source_path from raw.document_sources
            where missing_since is null and last_seen_at <> ? and {where}
            """,  # noqa: S608
            [self._now],
        )
        self._con.execute(
            "update raw.document_sources as t set missing_since = ? from lost "
            "where t.document_id = lost.document_id and t.source_path = lost.source_path",
            [self._now],
        )
        self._refresh_documents("select document_id from lost")

    def _refresh_documents(self, which: str) -> None:
        """Give each document what its best source says now; one that changed is to be extracted again."""
        changed = " or ".join(f"d.{name} is distinct from b.{name}" for name in (*_ATTRIBUTES, "source_path"))
        self._con.execute(
            f"""
            create or replace temp table changed as
            select b.* from raw.documents as d join (
                select document_id, source_path, {", ".join(_ATTRIBUTES)} from raw.document_sources
                where document_id in ({which})
                qualify row_number() over (partition by document_id order by {_BEST_FIRST}) = 1
            ) as b using (document_id)
            where {changed}
            """  # noqa: S608
        )
        self._documents_changed += self._con.execute(
            f"""
            update raw.documents as d set
                source_path = c.source_path, {", ".join(f"{name} = c.{name}" for name in _ATTRIBUTES)}
            from changed as c where d.document_id = c.document_id
            """  # noqa: S608
        ).fetchone()[0]
        self._con.execute("delete from raw.extractions where document_id in (select document_id from changed)")

    def _prune(self) -> int:
        con = self._con
        con.execute("delete from raw.document_sources where missing_since is not null")
        pruned = con.execute(
            "delete from raw.documents where document_id not in (select document_id from raw.document_sources)"
        ).fetchone()[0]
        if pruned:
            for table in ("arms_transfer_reports", "sanction_reports", "meeting_reports", "extractions"):
                con.execute(
                    f"delete from raw.{table} where document_id not in (select document_id from raw.documents)"  # noqa: S608
                )
        return pruned


@dataclass(frozen=True)
class RejectedFile:
    """A file of which something was rejected: the first such place, and how many there are."""

    path: str
    line: int | None
    reason: str
    detail: str | None
    inputs: int


def newly_rejected(con: duckdb.DuckDBPyConnection, moment: datetime) -> list[RejectedFile]:
    """The files of which something was rejected for the first time in the pass that began at `moment`."""
    rows = con.execute(
        """
        select source_path, line, reason, detail, count(*) over (partition by source_path) from raw.rejected_inputs
        where seen_at = ? qualify row_number() over (partition by source_path order by line nulls first, reason) = 1
        order by 1
        """,
        [moment],
    )
    return [RejectedFile(*row) for row in rows.fetchall()]


class _views:
    """Arrow tables under names that SQL can use, for the length of a block."""

    def __init__(self, con: duckdb.DuckDBPyConnection, **tables: pa.Table) -> None:
        self._con, self._tables = con, tables

    def __enter__(self) -> None:
        for name, table in self._tables.items():
            self._con.register(name, table)

    def __exit__(self, *_: object) -> None:
        for name in self._tables:
            self._con.unregister(name)
