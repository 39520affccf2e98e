"""Which dashboards are open beside each other, and which of them is shown."""

from msgspec import Struct

MOST = 30  # tabs; more cannot be told apart


class Tabs(Struct, frozen=True, gc=False):
    """Dashboards by id in the order of their tabs, each once; `at` is the one shown."""

    ids: tuple[int, ...] = ()
    at: int = 0

    @property
    def shown(self) -> int | None:
        """Give the dashboard that is shown."""
        return self.ids[self.at] if self.ids else None


def turned(tabs: Tabs, dashboard: int) -> Tabs:
    """Show a dashboard: in its own tab if it has one, else in the tab that is shown."""
    if dashboard in tabs.ids:
        return Tabs(tabs.ids, tabs.ids.index(dashboard))
    ids = (*tabs.ids[: tabs.at], dashboard, *tabs.ids[tabs.at + 1 :])
    return Tabs(ids, tabs.at)


def beside(tabs: Tabs, dashboard: int) -> Tabs:
    """Show a dashboard in a new tab at the right of the one shown, unless it has one."""
    if dashboard in tabs.ids or not tabs.ids or len(tabs.ids) >= MOST:
        return turned(tabs, dashboard)
    place = tabs.at + 1
    return Tabs((*tabs.ids[:place], dashboard, *tabs.ids[place:]), place)


def without(tabs: Tabs, place: int) -> Tabs:
    """Close a tab, though never the last; of the one shown its right neighbour takes the place."""
    if len(tabs.ids) < 2 or not 0 <= place < len(tabs.ids):
        return tabs
    ids = (*tabs.ids[:place], *tabs.ids[place + 1 :])
    at = tabs.at - 1 if place < tabs.at else min(tabs.at, len(ids) - 1)
    return Tabs(ids, at)


def moved(tabs: Tabs, place: int, to: int) -> Tabs:
    """Put a tab elsewhere; the same dashboard stays shown."""
    size = len(tabs.ids)
    if not (0 <= place < size and 0 <= to < size):
        return tabs
    left = [*tabs.ids[:place], *tabs.ids[place + 1 :]]
    left.insert(to, tabs.ids[place])
    return Tabs(tuple(left), left.index(tabs.ids[tabs.at]))


def stepped(tabs: Tabs, by: int) -> Tabs:
    """Show the next tab (1) or the one before (-1), round about."""
    return Tabs(tabs.ids, (tabs.at + by) % len(tabs.ids)) if tabs.ids else tabs
