"""What fails after a change leaves that change in doubt: it may be done, whatever was read then."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from phdesk.api.errors import ApiError


@contextmanager
def after_change() -> Iterator[None]:
    """Read what came of a change: a failure in here does not mean that nothing was sent."""
    try:
        yield
    except ApiError as error:
        error.failure = replace(error.failure, unsent=False)
        raise
