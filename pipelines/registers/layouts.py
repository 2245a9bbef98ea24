"""The published layouts of the two registers, read with polars.

- SIPRI Arms Transfers Database, "Trade register" as CSV (armstransfers.sipri.org): some lines about the search, then a
  header, then one row per deal and year of delivery.
- OFAC Specially Designated Nationals, SDN.CSV (ofac.treasury.gov, "SDN data specification"): no header, twelve columns,
  `-0-` for what is not given, and a last line with the byte 1A.
"""

from __future__ import annotations

import io

import polars as pl

_SIPRI = {
    "SIPRI AT Database ID": "register_id",
    "Supplier": "supplier",
    "Recipient": "recipient",
    "Designation": "designation",
    "Description": "description",
    "Armament category": "armament_category",
    "Order date": "order_year",
    "Order date is estimate": "order_year_is_estimate",
    "Numbers delivered": "number_delivered",
    "Numbers delivered is estimate": "number_is_estimate",
    "Delivery year": "delivery_year",
    "Delivery year is estimate": "delivery_year_is_estimate",
}
_NUMBERS = ("order_year", "number_delivered", "delivery_year")
_FLAGS = ("order_year_is_estimate", "number_is_estimate", "delivery_year_is_estimate")
_OFAC = (
    "register_id", "name", "kind", "programs", "title", "call_sign", "vessel_type", "tonnage", "gross_tonnage",
    "vessel_flag", "vessel_owner", "remarks",
)  # fmt: skip

SIPRI_SCHEMA = {
    "file": pl.String, "line": pl.Int64,
    **{name: pl.Int64 if name in _NUMBERS else pl.Boolean if name in _FLAGS else pl.String for name in _SIPRI.values()},
}  # fmt: skip
OFAC_SCHEMA = {"file": pl.String, "line": pl.Int64, **dict.fromkeys((*_OFAC[:5], "remarks"), pl.String)}


class UnreadableError(ValueError):
    """The file has not the layout that it seems to have; the message says what is wrong."""


def is_sipri(text: str) -> bool:
    return _header_line(text) is not None


def is_ofac(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    return first.count(",") >= len(_OFAC) - 1 and first.partition(",")[0].strip('" ').isdecimal()


def read_sipri(text: str, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows, and `line, detail` of those that cannot be used."""
    skipped = _header_line(text) or 0
    rows = _read(text, has_header=True, skip_lines=skipped)
    missing = [name for name in _SIPRI if name not in rows.columns]
    if missing:
        raise UnreadableError(f"the trade register has no column {', '.join(missing)}")
    rows = rows.select(
        pl.lit(file).alias("file"),
        pl.int_range(skipped + 2, pl.len() + skipped + 2, dtype=pl.Int64).alias("line"),
        *(pl.col(old).str.strip_chars().replace("", None).alias(new) for old, new in _SIPRI.items()),
    )
    numbers = [pl.col(name).str.strip_suffix(".0").cast(pl.Int64, strict=False).alias(name) for name in _NUMBERS]
    flags = [
        pl.col(name).str.to_lowercase().is_in(["yes", "true", "1"]).fill_null(False).alias(name) for name in _FLAGS
    ]
    read = rows.with_columns(*numbers, *flags)
    bad = pl.any_horizontal(*(rows[name].is_not_null() & read[name].is_null() for name in _NUMBERS))
    bad = bad | read["supplier"].is_null() | read["recipient"].is_null() | read["delivery_year"].is_null()
    return _parted(read, bad, "a side or the year of delivery is missing, or a number is none", SIPRI_SCHEMA)


def read_ofac(text: str, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The entries, and `line, detail` of those that cannot be used."""
    rows = _read(text.rstrip("\x1a\r\n "), has_header=False, skip_lines=0)
    if rows.width != len(_OFAC):
        raise UnreadableError(f"SDN.CSV has {len(_OFAC)} columns, this file {rows.width}")
    rows.columns = list(_OFAC)
    rows = rows.select(
        pl.lit(file).alias("file"),
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("line"),
        *(
            pl.col(name).str.strip_chars().replace(["", "-0-"], None).alias(name)
            for name in OFAC_SCHEMA
            if name in _OFAC
        ),
    )
    bad = rows["register_id"].is_null() | rows["name"].is_null()
    return _parted(rows, bad, "the number or the name of the entry is missing", OFAC_SCHEMA)


def _header_line(text: str) -> int | None:
    """How many lines stand before the header of a trade register."""
    for number, line in enumerate(text.splitlines()[:40]):
        if {"Supplier", "Recipient", "Delivery year"} <= {cell.strip(' "') for cell in line.split(",")}:
            return number
    return None


def _read(text: str, has_header: bool, skip_lines: int) -> pl.DataFrame:
    try:
        return pl.read_csv(io.BytesIO(text.encode()), has_header=has_header, skip_lines=skip_lines, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise UnreadableError(f"not a CSV file of one layout: {str(error).splitlines()[0]}") from None


def _parted(
    rows: pl.DataFrame, bad: pl.Series, why: str, schema: dict[str, pl.DataType]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rejected = rows.filter(bad).select("line", pl.lit(why).alias("detail"))
    return rows.filter(~bad).select(*schema).cast(schema), rejected
