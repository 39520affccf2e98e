"""What filters are made of: properties and SQL variables (reference 10.2 and 10.3)."""

from msgspec import Struct


class PropertyDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """A property that events or persons have had."""

    name: str
    kind: str = "event"  # or person
    type: str = "String"  # DateTime, Numeric, Boolean, Duration; others exist


class VariableDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """An SQL variable: the name that people see, and what it may hold."""

    id: str
    name: str = ""
    code_name: str = ""
    type: str = "String"  # Number, Boolean, List, Date; others exist
    choices: tuple[str, ...] = ()
