"""The words in the place of a dashboard, by what the store says; pure."""

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.listing import title_of
from phdesk.models.failure import Failure
from phdesk.services.failures import advice, is_offline
from phdesk.store.state import State

NOT_KEPT = (
    "Nothing of this dashboard is kept on this computer yet. It opens by itself as soon as the"
    " connection is back."
)
RETRY, WRONG = "Try again", "circle-alert"


class PageWords(Struct, frozen=True, gc=False):
    """A sentence, more words below, a button where there is an action, and a sign."""

    what: str
    remedy: str = ""
    action: str = ""
    icon: str = ""
    heading: str = ""  # above the page


EMPTY_BOARD = PageWords(
    "This board is empty.",
    "On a tile of any dashboard choose “Add to a board…”, or press B.",
)
NO_BOARD = PageWords("This board is no longer here.", "It was deleted, perhaps by another phdesk.")


def page_words(state: State, page: int | None) -> PageWords | None:
    """Say why a page shows no tiles; None if it does. A board is a page below 0, none is None."""
    if page is None:
        return _choice(state)
    board = state.dashboards.get(page)
    if board is None:
        failure = state.missing.get(page) or state.offline
        return NO_BOARD if page < 0 else _without_dashboard(failure)
    if page < 0 and not board.tiles:
        return replace(EMPTY_BOARD, heading=title_of(board.dashboard.row))
    return None


def _without_dashboard(failure: Failure | None) -> PageWords:
    if failure is None:
        return PageWords("Opening the dashboard…")
    words = advice(failure)
    # Offline, no number is on screen that could stay there.
    remedy = NOT_KEPT if is_offline(failure) else words.remedy
    return PageWords(words.what, remedy, RETRY if words.retry else "", WRONG)


def _choice(state: State) -> PageWords:
    rows = state.rows
    if rows.items:
        return PageWords("Choose a dashboard.", "Ctrl+F finds one by name, tag or folder.")
    if rows.failure is not None:
        words = advice(rows.failure)
        return PageWords(words.what, words.remedy, RETRY, WRONG)
    if rows.fetched_at is not None:
        return PageWords("This project has no dashboards yet.", "Ctrl+N makes one.")
    return PageWords("Reading the list of dashboards…")


def list_note(state: State) -> str:
    """Say below the list of dashboards where its numbers are from, if that is to be known."""
    demo = state.project is not None and state.project.is_demo
    if demo or (state.account is not None and state.account.is_demo):
        return "Demo data, made up. Nothing here is real."
    return "Offline: you see what was kept." if state.offline is not None else ""
