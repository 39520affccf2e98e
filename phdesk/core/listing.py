"""The list of dashboards: what is in which section, and what a search finds."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from phdesk.models.dashboard import DashboardRow

MOST_RECENT = 5


class Section(Struct, frozen=True, gc=False):
    """A titled part of the list."""

    title: str
    rows: tuple[DashboardRow, ...]


def title_of(row: DashboardRow) -> str:
    """Name a dashboard; old ones may have no name."""
    return row.name.strip() or "Untitled"


def matches(row: DashboardRow, query: str) -> bool:
    """Tell whether every word of a search stands in the name, a tag, the folder or description."""
    text = " ".join([row.name, row.description, row.folder or "", *row.tags]).casefold()
    return all(word in text for word in query.casefold().split())


def sections(
    rows: Sequence[DashboardRow],
    *,
    query: str = "",
    favourites: Collection[int] = (),
    recent: Sequence[int] = (),
) -> list[Section]:
    """Arrange dashboards for the sidebar; with a search, one section of what was found.

    A dashboard stands in one section only: favourites, then pinned, then its folder. Recently
    opened ones stand there in addition, newest first. Ids below 0 are a person's own boards.
    """
    if query.strip():
        found = [row for row in rows if matches(row, query)]
        return [Section("Found", tuple(_by_relevance(found, query)))]
    by_id = {row.id: row for row in rows}
    lately = [by_id[one] for one in recent if one in by_id][:MOST_RECENT]
    starred = [row for row in rows if row.id in favourites]
    own = [row for row in rows if row.id < 0 and row.id not in favourites]
    rest = [row for row in rows if row.id >= 0 and row.id not in favourites]
    parts = [
        ("Recent", lately if len(rows) > MOST_RECENT * 2 else []),
        ("Favourites", _by_name(starred)),
        ("Boards", _by_name(own)),
        ("Pinned", _by_name([row for row in rest if row.pinned])),
        *_folders([row for row in rest if not row.pinned]),
    ]
    return [Section(title, tuple(part)) for title, part in parts if part]


def _folders(rows: Sequence[DashboardRow]) -> list[tuple[str, list[DashboardRow]]]:
    names = sorted({row.folder or "" for row in rows}, key=str.casefold)
    return [
        (name or "Dashboards", _by_name([row for row in rows if (row.folder or "") == name]))
        for name in names
    ]


def _by_name(rows: Sequence[DashboardRow]) -> list[DashboardRow]:
    return sorted(rows, key=_name_key)


def _name_key(row: DashboardRow) -> str:
    return title_of(row).casefold()


def _by_relevance(rows: Sequence[DashboardRow], query: str) -> list[DashboardRow]:
    wanted = query.strip().casefold()

    def rank(row: DashboardRow) -> tuple[bool, bool, str]:
        name = _name_key(row)
        return (not name.startswith(wanted), wanted not in name, name)

    return sorted(rows, key=rank)
