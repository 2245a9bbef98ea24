"""`docs/performance.md`: each benchmark writes its part and leaves the others as they are."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from pipelines.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "performance.md"


def write_part(heading: str, text: str) -> None:
    """Put `text`, which opens with `heading` (`# …` or `## …`), in the place of the part under that heading."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = [part.strip() for part in re.split(r"(?m)^(?=##? )", page) if part.strip()]
    kept = [part for part in parts if part.split("\n", 1)[0] != heading]
    place = next((number for number, part in enumerate(parts) if part.split("\n", 1)[0] == heading), len(kept))
    kept.insert(place, text.strip())
    PAGE.write_text("\n\n".join(kept) + "\n", encoding="utf-8")


def machine() -> str:
    """Processor, cores and system, in words."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
