"""Opening what people upload: plain or gzip, never more of it than allowed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from integrations.salesfeeds.problems import SourceRefused

CHUNK: Final = 64 * 1024
# what gzip and the operating system raise while a file is being read
READ_ERRORS: Final = (OSError, EOFError, zlib.error)


@contextmanager
def open_source(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed when its name ends in `.gz`. Raises SourceRefused UNREADABLE."""
    try:
        # a named pipe or a device would hang or never end
        if not path.is_file():
            raise SourceRefused("UNREADABLE", detail="not a regular file")
        packed = path.suffix.lower() == ".gz"
        stream = cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise SourceRefused("UNREADABLE", detail=reason(error)) from error
    with stream:
        yield stream


def read_bounded(path: Path, limit: int) -> bytes:
    """The whole file, at most `limit` bytes after decompression.

    Decompression goes chunk by chunk and stops at the first byte too many, so a gzip bomb costs one chunk.
    Raises SourceRefused UNREADABLE, or TOO_LARGE with the limit in MB.
    """
    parts: list[bytes] = []
    total = 0
    with open_source(path) as stream:
        try:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limit:
                    raise SourceRefused("TOO_LARGE", limit_mb=megabytes(limit))
                parts.append(chunk)
        except READ_ERRORS as error:
            raise SourceRefused("UNREADABLE", detail=reason(error)) from error
    return b"".join(parts)


def reason(error: BaseException) -> str:
    """Why a read failed, without the path: the reader of the problem may not know our folders."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) if not isinstance(error, OSError) else "not a valid file"


def megabytes(limit: int) -> str:
    return f"{limit / (1024 * 1024):g}"


def packed_position(stream: BinaryIO) -> int:
    """How many bytes of the file itself were read, packed or not."""
    return stream.fileobj.tell() if isinstance(stream, gzip.GzipFile) and stream.fileobj else stream.tell()
