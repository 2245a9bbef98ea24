"""What is tried again by itself: a step whose disk or network failed for a moment. What is wrong with data is not."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

_MOST, _SECONDS = 2, 10
# What a network file system or a busy disk says when the same call may succeed a moment later.
_PASSING = {
    errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET,
    errno.ECONNABORTED, errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH,
}  # fmt: skip


@contextmanager
def retrying() -> Iterator[None]:
    """Ask Dagster for the whole step again, twice at most, when what is in the block fails for such a reason."""
    try:
        yield
    except OSError as error:
        if error.errno in _PASSING:
            raise dg.RetryRequested(max_retries=_MOST, seconds_to_wait=_SECONDS) from error
        raise
