"""Fault tests run short with the other tests and at full size with `make test-faults`; the sizes come from there."""

from __future__ import annotations

import sys
from pathlib import Path

# Helpers of the tests of the store are used here too.
sys.path.insert(0, str(Path(__file__).parents[1] / "loading"))
