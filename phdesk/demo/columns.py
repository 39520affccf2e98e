"""Write the SQL that reads what events and persons hold."""

from phdesk.demo.errors import ApiError, invalid

KINDS = ("event", "person")


def property_column(key: str, kind: str) -> str:
    """Write the SQL expression that reads a property of the event or its person."""
    name = key.replace("'", "''")
    if kind == "person":
        return f"person_property(person_id, '{name}')"
    path = name.replace('"', '\\"')
    return f"json_extract(properties, '$.\"{path}\"')"


def known_kind(kind: str) -> str:
    """Refuse kinds of properties that the invented company has none of, rather than count all."""
    if kind not in KINDS:
        raise no_such(kind)
    return kind


def no_such(kind: str) -> ApiError:
    """Make the refusal for what the demo has none of."""
    return invalid(f"The demo has no properties of the type '{kind}'.")
