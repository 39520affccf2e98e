"""`phdesk show`: prints what a dashboard or insight shows."""

import sys
from argparse import Namespace

import msgspec

from phdesk.cli.exits import FINE
from phdesk.cli.loading import Loaded, load
from phdesk.core.boards import counted
from phdesk.core.charts.spec import IN_POSTHOG, NoticeBody, TileView
from phdesk.core.plain import as_csv, as_json, as_text

RULE = "─" * 72


def run(arguments: Namespace) -> int:
    """Print a source in the asked format."""
    write(formatted(load(arguments), arguments.format))
    return FINE


def formatted(loaded: Loaded, how: str) -> str:
    """Write what was loaded as text, json or csv."""
    if how == "json":
        tiles = [as_json(view) for view in loaded.views]
        data = msgspec.json.encode(tiles if loaded.several else tiles[0])
        return msgspec.json.format(data, indent=2).decode() + "\n"
    if how == "csv":
        return _csv(loaded)
    return _text(loaded)


def write(text: str) -> None:
    """Print as UTF-8 wherever the terminal's own encoding would lose letters."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _csv(loaded: Loaded) -> str:
    if not loaded.several:
        return as_csv(loaded.views[0])
    parts = [f"# {' '.join(view.title.split())}\n{as_csv(view)}" for view in loaded.views]
    return "\n".join(parts)


def _text(loaded: Loaded) -> str:
    addresses = loaded.addresses or ("",) * len(loaded.views)
    tiles = f"\n\n{RULE}\n".join(map(_tile, loaded.views, addresses))
    if not loaded.several:
        return f"{tiles}\n"
    tags = f"Tags: {', '.join(loaded.tags)}" if loaded.tags else ""
    head = [loaded.title, loaded.note, loaded.description, tags, counted(len(loaded.views))]
    top = "\n".join(line for line in head if line)
    return f"{top}\n\n{RULE}\n{tiles}\n" if tiles else f"{top}\n"


def _tile(view: TileView, address: str) -> str:
    """Write a tile; for what is not drawn, with the page on which PostHog draws it."""
    text = as_text(view)
    is_notice = isinstance(view.body, NoticeBody) and view.body.state == "unsupported"
    return f"{text}\n\n{IN_POSTHOG}: {address}" if is_notice and address else text
