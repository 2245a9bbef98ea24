"""Exports: the published warehouse in other forms, for those who do not read DuckDB.

What belongs here: Parquet, CSV and JSON Lines by table, FollowTheMoney entities, and the folder that they appear in as
one. What does not: what the tables mean (`dbt_project`), and who asks for an export (`defs`, `console`).
"""

from pipelines.exports.entities import InvalidEntityError, write_entities
from pipelines.exports.folder import ExportFolderError, Written, new_exports
from pipelines.exports.tables import FORMATS, mart_tables

__all__ = [
    "FORMATS",
    "ExportFolderError",
    "InvalidEntityError",
    "Written",
    "mart_tables",
    "new_exports",
    "write_entities",
]
