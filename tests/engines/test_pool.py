"""The pool: no worker outlives a run that is killed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest

_RUN = """
from pipelines.engines import process_map
with process_map(1) as mapper:
    for worker in mapper(eval, ["__import__('os').getpid()"]):
        print(worker, flush=True)
    input()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_no_worker_outlives_a_run_that_is_killed():
    run = subprocess.Popen([sys.executable, "-c", _RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        worker = os.pidfd_open(int(run.stdout.readline()))
        run.send_signal(signal.SIGKILL)
        run.wait()
        ended, _, _ = select.select([worker], [], [], 60)
        assert ended
    finally:
        run.kill()
