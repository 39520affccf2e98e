"""Write filters and variables that are sent along with a call, without being saved."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Raw, json

Filters: TypeAlias = Mapping[str, object] | Raw


def override_params(
    filters: Filters | None, variables: Filters | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the query parameters for filters and SQL variables, none for None."""
    given = (("filters_override", filters), ("variables_override", variables))
    return tuple((name, json.encode(value).decode()) for name, value in given if value is not None)
