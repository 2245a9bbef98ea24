"""Progress at a terminal: the lines of the log, and under them a bar for what takes long."""

from __future__ import annotations

import logging
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bar(logging.Handler):
    """Shows records that say how far a step is (`done`, `of`) as a bar, all others as lines."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__()
        self._progress = Progress(
            TextColumn("  {task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=terminal, highlight=False, soft_wrap=True),
            transient=True,
            redirect_stdout=False,  # what others print goes to the log file
            redirect_stderr=False,
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def emit(self, record: logging.LogRecord) -> None:
        """Take one record. A step's bar goes when the step says something else."""
        step = getattr(record, "dagster_meta", {}).get("step_key") or ""
        if getattr(record, "done", None) is None:
            if (bar := self._bars.pop(step, None)) is not None:
                self._progress.remove_task(bar)
            self._progress.console.print(self.format(record), markup=False)
            return
        if step not in self._bars:
            self._bars[step] = self._progress.add_task(step, total=record.of)
        self._progress.update(self._bars[step], completed=record.done, total=record.of)
