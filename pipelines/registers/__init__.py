"""Registers that others keep, as optional sources: files in their published layouts -> tables.

What belongs here: recognising a file by what is in it, and reading it. What does not: comparing it with the press,
which dbt does in `mart_register_comparison`.
"""

from pipelines.registers.folder import Registers, read_registers

__all__ = ["Registers", "read_registers"]
