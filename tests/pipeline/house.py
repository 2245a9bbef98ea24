"""A landing folder, a warehouse and a Dagster instance of one's own, and the real job run over them."""

from __future__ import annotations

from dataclasses import dataclass

import dagster as dg
import duckdb

from pipelines.settings import Settings


@dataclass
class House:
    """A landing folder, the warehouse that runs make of it, and the Dagster instance that remembers them."""

    settings: Settings
    instance: dg.DagsterInstance
    first: dg.ExecuteInProcessResult | None = None

    def run(self, job: str = "refresh", **config: object) -> dg.ExecuteInProcessResult:
        """A job as it runs for everyone; without a name, the whole of it."""
        from pipelines.definitions import defs

        return defs.resolve_job_def(job).execute_in_process(
            instance=self.instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {}}, "resources": {"run": {"config": config}}},
        )

    def content(self) -> dict[str, list[tuple]]:
        """Every row of every published mart."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            names = con.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
            return {name: con.execute(f'from marts."{name}" order by all').fetchall() for (name,) in names}

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as con:
            return con.execute(sql).fetchall()
