"""Where a window turns when the page that it shows goes away."""

from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages


def go_elsewhere(desk: Desk, pages: Pages, page: int) -> None:
    """Open what was open before a page that goes."""
    state, settings = desk.state, desk.preferences.settings
    account = state.account.id if state.account is not None else ""
    known = {row.id for row in state.rows.items} | {one.page for one in desk.boards}
    recent = [one.dashboard for one in settings.recent.get(account, ())]
    other = next((one for one in recent if one in known and one != page), None)
    if other is not None:
        pages.open_dashboard(other)
    else:
        pages.show_nothing()
