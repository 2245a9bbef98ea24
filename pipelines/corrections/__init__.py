"""Corrections that people make: a CSV file -> checked lines.

What belongs here: reading the file and refusing what makes no sense in itself. What does not: whether a report or an
event of that id exists, and applying it; dbt does both, as only it sees reports and events.
"""

from pipelines.corrections.reader import SCHEMA, read_corrections

__all__ = ["SCHEMA", "read_corrections"]
