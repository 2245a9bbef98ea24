"""The settings of a run, and every path derived from them.

Settings come from environment variables, so that make, the command line, the Dagster UI and dbt all see the same.
Relative paths count from the working directory. Nothing here reads or writes a file.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

N = TypeVar("N", int, float)

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
SEEDS = PROJECT_ROOT / "seeds"

KEPT_PUBLICATIONS = 3

# Bytes that the run and dbt take while the marts are built, and DuckDB beyond its limit, at a million articles.
_BESIDE_MARTS = 1000 * 10**6

# Modules of pipelines.engines.
EXTRACTOR_ENGINES = ("local", "ray")


class ExplainedError(RuntimeError):
    """Something that a person can put right. The message says what it is and what to do; no traceback is shown."""


class SettingsError(ExplainedError):
    """A setting that cannot be used."""


@dataclass(frozen=True)
class Lake:
    """A DuckLake that the marts are published to.

    catalogue: `postgres:` and libpq's words for a database, without a password.
    data: folder or URL (`s3://…`) of the data files; only the first run must know it, the catalogue keeps it.
    """

    catalogue: str
    data: str = ""

    @property
    def address(self) -> str:
        """What WAREHOUSE says."""
        return f"ducklake:{self.catalogue}"


@dataclass(frozen=True)
class Settings:
    """What one run needs to know.

    landing: folder that articles are read from.
    corrections: CSV file of what people correct.
    feeds: list of RSS and Atom feeds that are fetched into the landing folder first, when it is switched on.
    warehouse: DuckDB file that analysts read; with a lake, what was published there last.
    lake: where the marts are published beyond the file, if anywhere.
    prune: forget articles whose files are gone, instead of marking them.
    workers: processes that read and extract, beside the one that loads, when the input is worth it.
    memory_limit: bytes that a run may have in memory, all its processes together.
    lock_wait: seconds to wait for another run to end.
    extractor_engine: what runs the kernel over the documents, one of EXTRACTOR_ENGINES.
    ray_address: the Ray cluster to use, `host:port`; empty starts one on this machine for the length of a run.
    ray_storage: folder or URL (`s3://…`) that all nodes of the cluster see; empty takes one beside the warehouse.
    alert_webhook: address that failed runs are told to; empty for none.
    """

    landing: Path = SEEDS / "articles"
    warehouse: Path = PROJECT_ROOT / "warehouse" / "analytics.duckdb"
    corrections: Path = SEEDS / "corrections.csv"
    feeds: Path = SEEDS / "feeds.yaml"
    lake: Lake | None = None
    prune: bool = False
    workers: int = 1
    lock_wait: float = 10.0
    memory_limit: int = 2 * 10**9
    extractor_engine: str = "local"
    ray_address: str = ""
    ray_storage: str = ""
    alert_webhook: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Settings out of variables named like the fields, in capitals; unset or empty ones take the default."""
        landing, warehouse = env.get("LANDING"), env.get("WAREHOUSE")
        if env.get("RAY_ADDRESS") and not env.get("RAY_STORAGE"):
            raise SettingsError("RAY_ADDRESS needs RAY_STORAGE: a folder or s3://… that all nodes of the cluster see")
        return cls(
            landing=_path(landing) if landing else cls.landing,
            corrections=_path(env["CORRECTIONS"]) if env.get("CORRECTIONS") else cls.corrections,
            feeds=_path(env["FEEDS"]) if env.get("FEEDS") else cls.feeds,
            warehouse=_warehouse(warehouse, env.get("LAKE_STATE")) if warehouse else cls.warehouse,
            lake=_lake(warehouse or "", env.get("LAKE_DATA", "")),
            prune=_flag("PRUNE", env.get("PRUNE")),
            workers=_number("WORKERS", env.get("WORKERS"), int, 1, max(1, (os.cpu_count() or 2) - 1)),
            memory_limit=_size("MEMORY_LIMIT", env.get("MEMORY_LIMIT"), 10**9, cls.memory_limit),
            lock_wait=_number("LOCK_WAIT", env.get("LOCK_WAIT"), float, 0, cls.lock_wait),
            extractor_engine=_choice("EXTRACTOR_ENGINE", env.get("EXTRACTOR_ENGINE"), EXTRACTOR_ENGINES),
            ray_address=env.get("RAY_ADDRESS", ""),
            ray_storage=_storage(env.get("RAY_STORAGE", "")),
            alert_webhook=_webhook(env.get("ALERT_WEBHOOK") or ""),
        )

    def as_env(self) -> dict[str, str]:
        """The same settings as environment variables, absolute, for processes that a run starts."""
        return {
            "LANDING": str(self.landing),
            "CORRECTIONS": str(self.corrections),
            "FEEDS": str(self.feeds),
            "WAREHOUSE": self.address,
            "LAKE_DATA": self.lake.data if self.lake else "",
            "LAKE_STATE": str(self.warehouse.parent) if self.lake else "",
            "PRUNE": "1" if self.prune else "",
            "WORKERS": str(self.workers),
            "LOCK_WAIT": str(self.lock_wait),
            "MEMORY_LIMIT": str(self.memory_limit),
            "EXTRACTOR_ENGINE": self.extractor_engine,
            "RAY_ADDRESS": self.ray_address,
            "RAY_STORAGE": self.ray_storage,
            "ALERT_WEBHOOK": self.alert_webhook,
            "DAGSTER_HOME": str(self.dagster_home),
            **self.dbt_env(self.build_file),
        }

    def dbt_env(self, build_file: Path) -> dict[str, str]:
        """What dbt's profile reads, with dbt's own files kept out of the tree."""
        return {
            "ARMSWATCH_BUILD": str(build_file),
            "ARMSWATCH_STORE": str(self.store),
            "ARMSWATCH_MEMORY": f"{self.marts_memory // 10**6}MB",
            "DBT_LOG_LEVEL_FILE": "info",
            "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test",  # they look at the rules, which a run does not change
            "DBT_LOG_PATH": str(self.dbt / "logs"),
            "DBT_TARGET_PATH": str(self.dbt / "target"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }

    @property
    def brief(self) -> Path:
        """Folder of the page for readers; a name of its own, whatever the warehouse is called."""
        return self.warehouse.parent / "brief"

    @property
    def exports(self) -> Path:
        """What stands beside the warehouse for those who do not read DuckDB: a link into the state folder."""
        return self.warehouse.parent / "exports"

    @property
    def database_memory(self) -> int:
        """Bytes that DuckDB may have: what Python, dbt and the workers do not need."""
        return self.memory_limit * 2 // 5

    @property
    def marts_memory(self) -> int:
        """Bytes that dbt's DuckDB may have: no worker runs beside it, and its lists cannot go through files."""
        return max(self.database_memory, self.memory_limit - _BESIDE_MARTS)

    @property
    def address(self) -> str:
        """What WAREHOUSE says."""
        return self.lake.address if self.lake else str(self.warehouse)

    @property
    def state(self) -> Path:
        """Folder of all that the pipeline keeps for itself, beside the warehouse."""
        return self.warehouse.with_suffix(".state")

    @property
    def registers(self) -> Path:
        """Folder of registers to compare with, beside the warehouse; optional."""
        return self.warehouse.parent / "registers"

    @property
    def store(self) -> Path:
        return self.state / "store.duckdb"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    @property
    def build(self) -> Path:
        return self.state / "build"

    @property
    def build_file(self) -> Path:
        """The next warehouse; has the published file's name, as DuckDB calls the catalog after the file."""
        return self.build / self.warehouse.name

    @property
    def previous(self) -> Path:
        return self.state / "previous"

    @property
    def dbt(self) -> Path:
        return self.state / "dbt"

    @property
    def run_log(self) -> Path:
        """What Dagster and dbt printed during runs that the command line started."""
        return self.state / "run.log"

    @property
    def journal(self) -> Path:
        """What every run said and did, as JSON Lines."""
        return self.state / "journal.jsonl"

    @property
    def dagster_home(self) -> Path:
        return self.state / "dagster"


def _path(text: str) -> Path:
    return Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 - resolve() would follow symlinks


def _warehouse(text: str, lake_state: str | None) -> Path:
    if text.startswith("ducklake:"):
        folder = _path(lake_state) if lake_state else PROJECT_ROOT / "warehouse"
        return folder / f"lake_{hashlib.sha256(text.encode()).hexdigest()[:8]}.duckdb"
    path = _path(text)
    if path.suffix != ".duckdb":
        raise SettingsError(f"WAREHOUSE={text}: the warehouse is a file whose name ends in .duckdb")
    return path


def _lake(text: str, data: str) -> Lake | None:
    """The lake that WAREHOUSE names. Messages do not repeat it: it may hold a password."""
    scheme, _, catalogue = text.partition(":")
    if scheme != "ducklake":
        return None
    if not catalogue.startswith("postgres:"):
        raise SettingsError("WAREHOUSE: a lake is ducklake:postgres: and words for libpq, like dbname=arms host=db")
    if re.search(r"(?i)password\s*=|://[^/]*:[^/]*@", catalogue):
        raise SettingsError("WAREHOUSE: no password here; PGPASSWORD or ~/.pgpass has it")
    return Lake(catalogue, _storage(data))


def _storage(text: str) -> str:
    return text if not text or "://" in text else str(_path(text))


def _choice(name: str, text: str | None, known: Sequence[str]) -> str:
    if text and text not in known:
        raise SettingsError(f"{name}={text}: say one of {', '.join(known)}")
    return text or known[0]


def _webhook(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise SettingsError("ALERT_WEBHOOK: say an address that begins with http:// or https://")
    return text


def _flag(name: str, text: str | None) -> bool:
    known = {"": False, "0": False, "false": False, "no": False, "1": True, "true": True, "yes": True}
    try:
        return known[(text or "").strip().lower()]
    except KeyError:
        raise SettingsError(f"{name}={text}: say 1 or 0") from None


def _size(name: str, text: str | None, least: int, default: int) -> int:
    if not text:
        return default
    units = {"": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?B?)", text.strip().upper())
    if not found or (unit := found[2]) not in units:
        raise SettingsError(f"{name}={text}: say a size like 2GB or 1500MB")
    value = int(float(found[1]) * units[unit])
    if value < least:
        raise SettingsError(f"{name}={text}: at least {least // 10**6}MB")
    return value


def _number(name: str, text: str | None, kind: type[N], least: N, default: N) -> N:
    if not text:
        return default
    try:
        value = kind(text)
    except ValueError:
        raise SettingsError(f"{name}={text}: not a number") from None
    if value < least:
        raise SettingsError(f"{name}={text}: at least {least}")
    return value
