"""Writes docs/licences.md: the licence of every package that requirements/dev.txt locks, as its metadata says it.

With `--check`, changes nothing and ends with 1 when the page is not what it would write.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==[^ ;\\]+(?: ;([^\\]*))?", re.MULTILINE)
# Texts that packages give in place of a name.
NAMES = {"Apache": "Apache-2.0", "MIT": "MIT", "BSD": "BSD", "Mozilla": "MPL-2.0", "ISC": "ISC"}


def locked(name: str) -> set[str]:
    """Packages that a lock file asks for on this machine."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {package for package, marker in LOCKED.findall(text) if not marker or Marker(marker).evaluate()}


def licence(package: str) -> str:
    """What a package's metadata says: the SPDX expression, else the classifier, else the short name."""
    about = importlib.metadata.metadata(package)
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [
        text.rpartition(" :: ")[2] for text in about.get_all("Classifier", []) if text.startswith("License ::")
    ]
    if classifiers := [text for text in classifiers if text != "OSI Approved"]:
        return ", ".join(sorted(classifiers))
    said = (about.get("License") or "").strip()
    if said and "\n" not in said and len(said) < 60:
        return said
    return next((short for start, short in NAMES.items() if start in said[:300]), "not stated")


def page() -> str:
    run = locked("base")
    rows = "\n".join(
        f"| {package} | {licence(package).replace('|', '/')} | {'run' if package in run else 'tests'} |"
        for package in sorted(locked("dev"), key=str.lower)
    )
    return f"""# Licences of the packages that armswatch installs

As each package's own metadata says. Written by `make licences`; the extras of `make setup EXTRAS=…` come on top.

| package | licence | needed for |
|---|---|---|
{rows}
"""


def main() -> None:
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/licences.md is not up to date: make licences")


if __name__ == "__main__":
    main()
