"""Data colour themes: which colours series get, in order (reference section 7.2)."""

from msgspec import Struct


class ColorTheme(Struct, frozen=True, gc=False, kw_only=True):
    """A named list of colours; the first belongs to `preset-1`."""

    id: int
    name: str = ""
    colors: tuple[str, ...] = ()  # `#rrggbb`; empty text where the server's could not be read
    is_global: bool = False
