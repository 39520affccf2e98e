"""Show tiles without an insight: text cards, buttons and what only its name is known of."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from phdesk.core.charts.spec import (
    IN_POSTHOG,
    ButtonBody,
    Column,
    MarkdownBody,
    NoticeBody,
    Table,
    TileView,
)
from phdesk.core.jsonvalue import as_dict, as_str, parse, written
from phdesk.models.dashboard import ButtonCard, TextCard, WidgetCard

LONGEST_TITLE = 60
LONGEST_CARD = 8_000  # characters that are drawn; PostHog takes half of them (reference 3.3)
LONGEST_LINE = 2_000  # characters that are looked at for a title
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~]+|^\s*(?:[-+>]|\d+\.)\s+", re.MULTILINE)
_SECTION = re.compile(r"#{1,6} [^\n]+(\n+(?![#>|*+`~-]|\d+[.)])[^\n]+)?")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)  # nothing to try twice
_FENCED = re.compile(r"^\s{0,3}(`{3,}|~{3,}).*?(^\s{0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def text_view(card: TextCard) -> TileView:
    """Show a text card; its title is its first heading, else its first words."""
    title = markdown_title(card.body)
    return TileView(
        title=title,
        kind="text",
        kind_label="Text",
        display="",
        summary=f"Text: {title}" if card.body.strip() else "An empty text card",
        body=MarkdownBody(_drawn(card.body)),
    )


def button_view(card: ButtonCard) -> TileView:
    """Show a button; an address that is not safe to open is left out."""
    url = safe_url(card.url)
    return TileView(
        title=card.text or "Button",
        kind="button",
        kind_label="Button",
        display="",
        summary=f"Button to {url}" if url else "Button without an address that can be opened",
        body=ButtonBody(
            text=card.text or "Button", url=url, primary=card.primary, placement=card.placement
        ),
    )


def widget_view(card: WidgetCard) -> TileView:
    """Name a widget of another product, which is not drawn, and list what it is set to show."""
    kind = _words(card.widget_type)
    name = card.name or kind or "Widget"
    headline = f"“{name}” is a widget that only PostHog shows."
    settings = [(_words(key), _setting(value)) for key, value in _flat(parse(card.config))]
    rows = tuple((("Widget", kind), *settings) if kind else settings)
    table = Table((Column("Setting"), Column("Value")), rows, rows) if rows else Table()
    return TileView(
        title=name,
        kind="widget",
        kind_label="Widget",
        display=card.widget_type,
        summary=headline,
        body=NoticeBody(state="unsupported", headline=headline, detail=kind, link=IN_POSTHOG),
        table=table,
        description=card.description,
    )


def _flat(config: object, before: str = "") -> Iterator[tuple[str, object]]:
    """List the settings that are set, those inside of others by both names."""
    for key, value in as_dict(config).items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key} ")
        elif value not in (None, "", []):
            yield f"{before}{key}", value


def _words(name: str) -> str:
    """Write "errorTracking_list" as "Error tracking list"."""
    words = " ".join(_HUMPS.sub(" ", name).replace("_", " ").split()).lower()
    return words[:1].upper() + words[1:]


def _setting(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_str(value) or written(value)


def unknown_view() -> TileView:
    """Say that a tile holds nothing that is known."""
    headline = "This tile is of a sort that phdesk does not know."
    return TileView(
        title="Unknown tile",
        kind="",
        kind_label="Tile",
        display="",
        summary=headline,
        body=NoticeBody(state="unsupported", headline=headline, link=IN_POSTHOG),
    )


def markdown_title(source: str) -> str:
    """Take the first heading of a Markdown text, else its first words."""
    heading = _HEADING.search(source)
    text = _closed(heading[2]) if heading else next(filter(str.strip, source.splitlines()), "")
    return _short(text) or "Text"


def headings(source: str) -> list[tuple[int, str]]:
    """List the headings of a Markdown text with their levels, 1 to 6; not those in code."""
    found = _HEADING.findall(_FENCED.sub("", source))
    return [(len(marks), words) for marks, text in found if (words := _short(_closed(text)))]


def _drawn(source: str) -> str:
    """Cut what no PostHog takes: on a page of anybody's it would hold the window up for minutes."""
    return source if len(source) <= LONGEST_CARD else f"{source[:LONGEST_CARD]}…"


def _closed(heading: str) -> str:
    """Leave out the signs that close a heading; those of a word, as in C#, stay."""
    text = heading.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else text


def _short(text: str) -> str:
    """Write a line of Markdown as plain words, cut where it is long."""
    words = " ".join(_MARKS.sub(r"\1", text[:LONGEST_LINE]).split())
    if len(words) > LONGEST_TITLE:
        words = f"{words[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"
    return words


def is_section(source: str) -> bool:
    """Tell a card that heads the tiles below it: a heading and at most one plain line."""
    return bool(_SECTION.fullmatch(source.strip()))


def safe_url(url: str) -> str:
    """Pass http(s) addresses and paths of the host; give nothing for all else."""
    text = url.strip()
    if any(ord(letter) < 33 or letter == "\\" for letter in text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"}:
        return text if parts.netloc else ""
    is_path = not parts.scheme and not parts.netloc and text.startswith("/")
    return text if is_path else ""
