"""Group types: what a project calls its groups (reference section 10)."""

from msgspec import Struct


class GroupType(Struct, frozen=True, gc=False, kw_only=True):
    """A type of groups, such as organizations, with its names for one and for several."""

    index: int
    one: str
    several: str
