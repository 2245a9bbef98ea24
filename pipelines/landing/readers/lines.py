"""Lines of a file, plain, gzip or Zstandard, streamed: memory is bounded by the longest allowed line."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from pipelines.landing.limits import MAX_ARTICLE_BYTES, MAX_RATIO, MIN_BOMB_BYTES
from pipelines.landing.rejects import Unreadable

_MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
_NAMES = {"gzip": "gzip", "zstd": "Zstandard"}
_FIRST_LETTERS = b"\xef\xbb\xbf"


def lines(stream: BinaryIO, compression: str | None) -> Iterator[tuple[int, bytes | Unreadable]]:
    """Number and content of each line, or number and failure.

    stream: the file, opened for reading bytes.
    compression: `gzip`, `zstd`, or None.
    """
    start = stream.read(4)
    stream.seek(0)
    for name, magic in _MAGIC.items():
        if name != compression and start.startswith(magic):
            raise Unreadable("wrong_extension", f"The file is {_NAMES[name]}, whatever its name says.")
    if compression and not start.startswith(_MAGIC[compression]):
        raise Unreadable(f"not_{compression}", f"What stands here is not {_NAMES[compression]}.", 1)
    number = 0
    try:
        for number, line in _lines(_opened(stream, compression), stream, compression):
            yield number, line
    except EOFError:
        yield number + 1, Unreadable("truncated_gzip", "The gzip file ends too early; the lines before are read.")
    except gzip.BadGzipFile:
        yield number + 1, Unreadable("bad_gzip", "What stands here is not gzip.")
    except zlib.error as error:
        yield number + 1, Unreadable("bad_gzip", f"The gzip data are damaged: {error}.")
    except OSError as error:
        if compression != "zstd":
            raise
        reason = "truncated_zstd" if "runcated" in str(error) else "bad_zstd"
        yield number + 1, Unreadable(reason, "The Zstandard data are damaged here; the lines before are read.")


def _opened(stream: BinaryIO, compression: str | None) -> BinaryIO:
    if compression == "gzip":
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if compression == "zstd":
        return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd"), 2**18)
    return stream


def _lines(source: BinaryIO, stream: BinaryIO, compression: str | None) -> Iterator[tuple[int, bytes | Unreadable]]:
    number = size = 0
    while line := source.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        size += len(line)
        too_long = len(line) > MAX_ARTICLE_BYTES
        part = line
        while too_long and part and not part.endswith(b"\n"):
            part = source.readline(MAX_ARTICLE_BYTES)
            size += len(part)
            _stop_a_bomb(size, stream, compression, number)
        _stop_a_bomb(size, stream, compression, number)
        if too_long:
            yield number, Unreadable("line_too_long", f"The line is longer than {MAX_ARTICLE_BYTES} bytes.")
        else:
            yield number, line.removeprefix(_FIRST_LETTERS) if number == 1 else line


def _stop_a_bomb(size: int, stream: BinaryIO, compression: str | None, number: int) -> None:
    if compression and size > MIN_BOMB_BYTES and size > MAX_RATIO * max(1, stream.tell()):
        raise Unreadable(f"{compression}_bomb", f"The file grows more than {MAX_RATIO} times when unpacked.", number)
