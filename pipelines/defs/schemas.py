"""Columns of the assets that Python makes: types, meaning and origin, as the UI shows them. dbt says its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import dagster as dg
import pyarrow as pa

from pipelines.settings import DBT_PROJECT

_MEANINGS = DBT_PROJECT / "models" / "columns.md"


def column_schema(schema: pa.Schema) -> dict[str, dg.TableSchema]:
    """The columns of an Arrow schema as metadata, each described as dbt's dictionary describes it."""
    return {
        "dagster/column_schema": dg.TableSchema(
            [
                dg.TableColumn(
                    field.name,
                    type=str(field.type),
                    description=_meanings().get(field.name),
                    constraints=dg.TableColumnConstraints(nullable=field.nullable),
                )
                for field in schema
            ]
        )
    }


def column_origins(
    asset: str, schema: pa.Schema, origins: Mapping[str, Sequence[str]]
) -> dict[str, dg.TableColumnLineage | dg.MarkdownMetadataValue]:
    """Which columns of one asset above each column is made of; `""` is for those that are not named."""
    return shown_lineage(
        dg.TableColumnLineage(
            {
                name: [dg.TableColumnDep(dg.AssetKey(asset), origin) for origin in origins.get(name, origins[""])]
                for name in schema.names
            }
        )
    )


def shown_lineage(lineage: dg.TableColumnLineage) -> dict[str, dg.TableColumnLineage | dg.MarkdownMetadataValue]:
    """Column lineage as metadata, and as a table too: the open-source UI keeps the one and shows the other."""
    lines = ["| column | comes from |", "| --- | --- |"]
    for column, origins in lineage.deps_by_column.items():
        named = ", ".join(f"`{origin.asset_key.path[-1]}.{origin.column_name}`" for origin in origins)
        lines.append(f"| `{column}` | {named or 'no column: counted or fixed'} |")
    return {"dagster/column_lineage": lineage, "columns come from": dg.MetadataValue.md("\n".join(lines))}


@cache
def _meanings() -> dict[str, str]:
    text = _MEANINGS.read_text("utf-8")
    return {name: said.strip() for name, said in re.findall(r"{% docs (\w+) %}(.*?){% enddocs %}", text, re.S)}
