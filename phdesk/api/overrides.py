"""Write filters that are sent along with a call, without being saved."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Raw, json

Filters: TypeAlias = Mapping[str, object] | Raw


def filter_params(filters: Filters | None) -> tuple[tuple[str, str], ...]:
    """Return the query parameter for filters, none for None."""
    if filters is None:
        return ()
    return (("filters_override", json.encode(filters).decode()),)
