"""phdesk: an unofficial native desktop app for PostHog dashboards."""

import sys

__version__ = "0.1.0"


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it takes from typing where it is missing.

    From Python 3.11 on both say the same, and importing it costs 2 % of the start. A None in
    sys.modules is Python's way to say that there is no such module.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        __import__("msgspec")
    finally:
        del sys.modules[name]


_import_msgspec()
