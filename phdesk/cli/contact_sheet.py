"""The contact sheet of a gallery: one HTML page without script, everything from data escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from msgspec import Struct

from phdesk import __version__
from phdesk.views.theme import Theme, dark, light

MARK = '<meta name="generator" content="phdesk gallery'  # by which a later run knows its own page
ROLES = ("bg", "surface", "line", "text", "muted", "accent")
RULES = """
body { margin: 0 auto; padding: 24px; max-width: 1440px; background: var(--bg);
  color: var(--text); font: 14px/1.45 Inter, system-ui, sans-serif; }
h1 { margin: 0 0 4px; font-size: 22px; }
h2 { margin: 40px 0 12px; font-size: 17px; }
h3 { margin: 0; font-size: 14px; }
p { margin: 2px 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
code, .muted, figcaption { color: var(--muted); font-size: 12px; }
nav ul { columns: 3 260px; padding: 0; list-style: none; }
article { margin: 0 0 16px; padding: 14px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--surface); }
.pictures { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; margin-top: 10px; }
figure { margin: 0; }
img { display: block; height: auto; max-width: 100%; }
.medium { width: 430px; }
.large { width: 760px; }
"""


class Picture(Struct, frozen=True, gc=False, kw_only=True):
    """One PNG: where it lies below the page, and its size in points."""

    file: str
    size: str
    theme: str
    width: int
    height: int


class Entry(Struct, frozen=True, gc=False, kw_only=True):
    """A tile with its pictures; kept small, for there are thousands."""

    title: str
    kind: str
    kind_label: str
    display: str
    source: str
    summary: str
    pictures: tuple[Picture, ...]


class Left(Struct, frozen=True, gc=False):
    """A file or tile that has no picture, or not its own, and why."""

    source: str
    why: str


class Sheet(Struct, frozen=True, gc=False):
    """All that the page tells."""

    entries: Sequence[Entry] = ()
    failed: Sequence[Left] = ()
    skipped: Sequence[Left] = ()


def page(sheet: Sheet) -> str:
    """Write the page."""
    groups = _groups(sheet.entries)
    return "\n".join(
        [
            *_head(sheet),
            *_contents(groups, sheet),
            *(
                line
                for number, (heading, entries) in enumerate(groups.items(), start=1)
                for line in _group(number, heading, entries)
            ),
            *_left("failed", "Could not be read or drawn", sheet.failed),
            *_left("skipped", "Skipped: holds no dashboard and no insight", sheet.skipped),
            "</body>\n</html>\n",
        ]
    )


def counted(sheet: Sheet) -> str:
    """Count what was drawn and what was not, in words."""
    pictures = sum(len(entry.pictures) for entry in sheet.entries)
    return f"{len(sheet.entries)} tiles, {pictures} pictures, {len(sheet.skipped)} skipped"


def _groups(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """Sort the tiles by kind and display; within one they stay in the order of their files."""
    ordered = sorted(entries, key=_heading)
    return {heading: list(group) for heading, group in groupby(ordered, key=_heading)}


def _heading(entry: Entry) -> str:
    return " · ".join(part for part in (entry.kind_label or entry.kind, entry.display) if part)


def _head(sheet: Sheet) -> Iterable[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield f'<head>\n<meta charset="utf-8">\n{MARK} {escape(__version__)}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield '<meta name="color-scheme" content="light dark">'
    yield "<title>phdesk gallery</title>"
    yield f"<style>\n{_colors(light())}"
    yield f"@media (prefers-color-scheme: dark) {{ {_colors(dark())} }}{RULES}</style>\n</head>"
    yield f'<body>\n<h1>phdesk gallery</h1>\n<p class="muted">{escape(counted(sheet))}</p>'


def _colors(theme: Theme) -> str:
    tokens = " ".join(f"--{role}: {theme.color(role).name()};" for role in ROLES)
    return f":root {{ {tokens} }}"


def _contents(groups: Mapping[str, Sequence[Entry]], sheet: Sheet) -> Iterable[str]:
    yield "<nav><ul>"
    for number, (heading, entries) in enumerate(groups.items(), start=1):
        yield _link(f"kind-{number}", heading, len(entries))
    if sheet.failed:
        yield _link("failed", "Could not be read or drawn", len(sheet.failed))
    if sheet.skipped:
        yield _link("skipped", "Skipped", len(sheet.skipped))
    yield "</ul></nav>"


def _link(anchor: str, words: str, count: int) -> str:
    return f'<li><a href="#{anchor}">{escape(words)}</a> <span class="muted">{count}</span></li>'


def _group(number: int, heading: str, entries: Iterable[Entry]) -> Iterable[str]:
    yield f'<section>\n<h2 id="kind-{number}">{escape(heading)}</h2>'
    for entry in entries:
        yield from _article(entry)
    yield "</section>"


def _article(entry: Entry) -> Iterable[str]:
    about = " · ".join(part for part in (entry.kind, entry.display) if part)
    yield f"<article>\n<h3>{escape(entry.title)}</h3>"
    yield f'<p class="muted">{escape(about)} · <code>{escape(entry.source)}</code></p>'
    yield f"<p>{escape(entry.summary)}</p>"
    for _, pictures in groupby(entry.pictures, key=_size):
        yield '<div class="pictures">'
        yield from map(_figure, pictures)
        yield "</div>"
    yield "</article>"


def _size(picture: Picture) -> str:
    return picture.size


def _figure(picture: Picture) -> str:
    address = escape(quote(picture.file))
    words = f"{picture.size} {picture.theme}, {picture.width}×{picture.height}"
    return (
        f'<figure><a href="{address}"><img class="{escape(picture.size)}" src="{address}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy" alt="{escape(words)}">'
        f"</a><figcaption>{escape(words)}</figcaption></figure>"
    )


def _left(anchor: str, heading: str, left: Sequence[Left]) -> Iterable[str]:
    if not left:
        return
    yield f'<section>\n<h2 id="{anchor}">{escape(heading)}</h2>\n<ul>'
    for one in left:
        yield f"<li><code>{escape(one.source)}</code> {escape(' '.join(one.why.split()))}</li>"
    yield "</ul>\n</section>"
