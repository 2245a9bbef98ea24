"""What assets need from outside: the settings of this run, and the right to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path

import dagster as dg
from pydantic import Field

from pipelines.contract import FACT_TYPES
from pipelines.defs.housekeeping import forget_old_runs
from pipelines.loading import RunInProgressError, run_lock
from pipelines.settings import EXTRACTOR_ENGINES, Settings

OWNERS = ["team:armswatch"]

FactType = Enum("FactType", {name: name for name in FACT_TYPES})
Engine = Enum("Engine", {name: name for name in EXTRACTOR_ENGINES})


class Run(dg.ConfigurableResource):
    """One run over one warehouse. Holds the lock from its first step to its last."""

    landing: str = Field(default="", description="Folder to read articles from; empty takes LANDING.")
    prune: bool = Field(default=False, description="Forget articles whose files are gone, instead of marking them.")
    full_refresh: bool = Field(default=False, description="Extract every article again, not only new ones.")
    fact_type: FactType | None = Field(
        default=None,
        description="Keep only reports of this type from what is extracted now; those of the others stay as they are, "
        "and the next run without this reads the same articles again.",
    )
    engine: Engine | None = Field(default=None, description="What extracts; without one, EXTRACTOR_ENGINE.")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Run]:
        try:
            with run_lock(self.settings):
                forget_old_runs(context.instance, self.settings.dagster_home)
                yield self
        except RunInProgressError as error:
            raise dg.Failure(str(error), allow_retries=False) from None

    @property
    def settings(self) -> Settings:
        """The environment's settings, with what this run's configuration says instead."""
        settings = Settings.from_env()
        return replace(
            settings,
            landing=Path(self.landing).absolute() if self.landing else settings.landing,
            prune=self.prune or settings.prune,
            extractor_engine=self.engine.value if self.engine else settings.extractor_engine,
        )
