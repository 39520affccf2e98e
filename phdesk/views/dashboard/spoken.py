"""What a screen reader says of a tile beside its title; pure."""

from phdesk.core.charts.spec import TileView
from phdesk.views.dashboard.card_state import CardState


def spoken(view: TileView, shown: TileView | None, state: CardState, *, watched: bool) -> str:
    """Say what is shown, and all that a person who sees reads in the frame.

    `shown` has, beside the view, how the person's watches stand, where a number is `watched`.
    """
    alert = (shown.alert or shown.alert_note) if watched and shown else ""
    parts = (
        f"{state.before}: not what is asked for." if state.before else "",
        f"{alert}." if alert else "",
        f"Since you last looked: {state.news}." if state.news else "",
        view.summary,
        view.warning,
        f"Calculated {state.age}." if state.age else "",
        f"Stale: {state.stale.rstrip('.')}." if state.stale else "",
        f"Has {state.own}: the dashboard's do not apply." if state.own else "",
        f"From {state.source}." if state.source else "",
        f"Shown here: {state.local}." if state.local else "",
    )
    return " ".join(part for part in parts if part)
