"""Nodes of a Ray cluster on this machine: each a `ray start` of its own that can be killed as a machine dies."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

# Ray reads these when it is imported: only those who know the token may talk to the nodes.
os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}

_LONGEST_WAIT = 180.0


@dataclass
class Node:
    """One node and all of its processes."""

    process: subprocess.Popen

    def kill(self) -> None:
        """End every process of the node at once, as a power cut does."""
        if self.process.poll() is None:
            processes = _descendants(self.process.pid)
            for pid in (self.process.pid, *processes):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self.process.wait()

    def works(self) -> bool:
        """Whether one of its workers runs a task; Ray shows the task in the name of the process."""
        names = [Path(f"/proc/{pid}/cmdline") for pid in _descendants(self.process.pid)]
        return any(name.exists() and name.read_bytes().startswith(b"ray::Map") for name in names)


@contextmanager
def cluster() -> Iterator[tuple[str, Node]]:
    """A head and a second node with a processor each; gives the address and the second node."""
    with ExitStack() as stack:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        start(stack, "--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false")
        yield address, start(stack, f"--address={address}")


def start(stack: ExitStack, *arguments: str) -> Node:
    """Start a node, which ends with the stack, and wait until it is part of the cluster."""
    # Short, as the sockets of the node are in it.
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True)))
    command = [
        Path(sys.executable).with_name("ray"), "start", "--block", "--num-cpus=1", "--object-store-memory=100000000",
        "--node-ip-address=127.0.0.1", f"--temp-dir={folder}", "--disable-usage-stats", *arguments,
    ]  # fmt: skip
    log = folder / "start.log"
    with log.open("wb") as out:
        node = Node(subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT))
    stack.callback(node.kill)
    wait_until(lambda: b"Ray runtime started" in log.read_bytes() or node.process.poll() is not None)
    if node.process.poll() is not None:
        raise RuntimeError(log.read_text(errors="replace"))
    return node


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again until something holds; give up after a long time."""
    deadline = time.monotonic() + _LONGEST_WAIT
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("What the test waits for did not come about.")
        time.sleep(0.02)


def _descendants(pid: int) -> list[int]:
    children = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return [*children, *(below for child in children for below in _descendants(child))]
