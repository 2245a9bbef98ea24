"""Each package that is installed for this project stands in docs/licences.md."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines.settings import PROJECT_ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems install other packages")
def test_every_locked_package_is_listed():
    check = [sys.executable, PROJECT_ROOT / ".ci" / "licences.py", "--check"]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
