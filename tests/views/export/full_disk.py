"""A disk that takes so many bytes of a file and no more, as a full one does."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="limits of files are of Unix")


@contextmanager
def taking(most: int) -> Iterator[None]:
    """Let no file grow above a size; what has room for a part is written in part."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
