"""Stories in the store: which document tells anew, and which tells again what another has told.

A document joins the story of the earlier document that is most like it, if they have most of their text in common and
appeared within a fortnight of each other; else it begins a story of its own. So a text that is printed again after
weeks is a new story. Documents are taken by date, then by id, and what was told once stays: new documents never change
the story of an old one.

The cost is linear: a document is compared with the first of each bucket that it falls into, however many are in there.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from pipelines.loading.store import transaction

# Documents that agree in all four places of one of twelve bands share a bucket: 97 in 100 pairs that have 70 % of their
# shingles in common do, and 10 in 100 pairs that have 30 %.
_BANDS, _ROWS = 12, 4
_ALIKE = 0.6
_FORTNIGHT = 14
_NO_DATE = -1
# Documents that get their stories at once.
_TAKEN = 50_000
_READ_ROWS = 2048


def unsigned_count(con: duckdb.DuckDBPyConnection, version: str) -> int:
    """How many documents have no signature of this version. Those of other versions go, and all stories with them."""
    if con.execute("select 1 from raw.document_stories where signature_version <> ? limit 1", [version]).fetchone():
        with transaction(con):
            con.execute("delete from raw.document_stories")
            con.execute("delete from raw.story_buckets")
    unsigned = "raw.documents anti join raw.document_stories using (document_id)"
    return con.execute(f"select count(*) from {unsigned}").fetchone()[0]  # noqa: S608 - our own words


def unsigned_batches(con: duckdb.DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    """The id and the body of each such document. Writing to the store meanwhile is allowed."""
    with con.cursor() as reader:
        yield from reader.execute(
            "select document_id, body from raw.documents anti join raw.document_stories using (document_id)"
        ).to_arrow_reader(_READ_ROWS)


def write_signatures(con: duckdb.DuckDBPyConnection, version: str, signatures: pa.Table) -> None:
    """Keep signatures (columns `document_id`, `signature`) until `tell_stories` takes them up."""
    con.register("signatures", signatures)
    con.execute(
        "insert into raw.document_stories (document_id, signature, signature_version) "
        "select document_id, signature, ? from signatures",
        [version],
    )
    con.unregister("signatures")


def tell_stories(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Give each document with a signature its story; returns how many stories there are, and of how many documents."""
    con.execute(
        """
        create or replace temp table queue as
        select document_id, published_on, signature,
            row_number() over (order by published_on nulls last, document_id) as rank
        from raw.document_stories join raw.documents using (document_id)
        where story_id is null
        """
    )
    waiting = con.execute("select count(*) from queue").fetchone()[0]
    for first in range(0, waiting, _TAKEN):
        with transaction(con):
            _take(con, first)
    con.execute("drop table queue")
    return con.execute("select count(distinct story_id), count(*) from raw.document_stories").fetchone()


def _take(con: duckdb.DuckDBPyConnection, first: int) -> None:
    bounds = {"first": first, "last": first + _TAKEN}
    con.execute(
        f"""
        create or replace temp table taken as
        select document_id, published_on, signature, rank,
            coalesce((published_on - date '1900-01-01') // {_FORTNIGHT}, {_NO_DATE})::integer as fortnight
        from queue where rank > $first and rank <= $last
        """,  # noqa: S608 - our own numbers
        bounds,
    )
    con.execute(
        f"""
        create or replace temp table fallen as
        select document_id, rank, fortnight,
            hash(band, signature[{_ROWS} * band + 1 : {_ROWS} * band + {_ROWS}]) as bucket
        from taken cross join range({_BANDS}) as bands(band)
        where len(signature) > 0
        """  # noqa: S608
    )
    # Who stands for a bucket and a fortnight: whoever came first, in this run or an earlier one.
    con.execute(
        """
        create or replace temp table firsts as
        select bucket, fortnight, document_id, 0 as rank from raw.story_buckets semi join fallen using (bucket)
        union all
        select bucket, fortnight, arg_min(document_id, rank), min(rank)
        from fallen anti join raw.story_buckets using (bucket, fortnight)
        group by bucket, fortnight
        """
    )
    con.execute(
        f"""
        create or replace temp table likest as
        with met as (
            -- What has a date meets those of the fortnights around, and those without a date.
            select distinct f.document_id, f.rank, b.document_id as other, b.rank as other_rank
            from (
                select document_id, rank, bucket,
                    unnest([fortnight - 1, fortnight, fortnight + 1, {_NO_DATE}]) as fortnight
                from fallen where fortnight <> {_NO_DATE}
            ) as f
            join firsts as b on b.bucket = f.bucket and b.fortnight = f.fortnight and b.rank < f.rank
            union
            -- What has none meets the first of all.
            select f.document_id, f.rank, b.document_id, b.rank
            from fallen as f
            join (select bucket, arg_min(document_id, (rank, fortnight)) as document_id, min(rank) as rank
                from firsts group by bucket) as b on b.bucket = f.bucket and b.rank < f.rank
            where f.fortnight = {_NO_DATE}
        ),
        compared as (
            select m.document_id, m.other, m.other_rank,
                len(list_filter(list_zip(t.signature, s.signature), lambda p: p[1] = p[2])) / len(t.signature) as alike,
                abs(t.published_on - d.published_on) as apart
            from met as m
            join taken as t on t.document_id = m.document_id
            join raw.document_stories as s on s.document_id = m.other
            join raw.documents as d on d.document_id = m.other
        )
        select document_id, arg_min(other, (-alike, other_rank, other)) as told_by
        from compared
        where alike >= {_ALIKE} and coalesce(apart <= {_FORTNIGHT}, true)
        group by document_id
        """  # noqa: S608
    )
    con.execute(
        """
        create or replace temp table told as
        select t.document_id, coalesce(s.story_id, l.told_by, t.document_id) as story_id
        from taken as t
        left join likest as l using (document_id)
        left join raw.document_stories as s on s.document_id = l.told_by
        """
    )
    # A document that is told by one of the same round goes where that one goes.
    while con.execute(
        """
        update told set story_id = next.story_id from told as next
        where next.document_id = told.story_id and next.story_id <> told.story_id
        """
    ).fetchone()[0]:
        pass
    con.execute(
        "update raw.document_stories as s set story_id = t.story_id from told as t where t.document_id = s.document_id"
    )
    con.execute(
        "insert into raw.story_buckets "
        "select bucket, fortnight, document_id from firsts anti join raw.story_buckets using (bucket, fortnight)"
    )
