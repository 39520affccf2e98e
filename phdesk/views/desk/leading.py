"""Which window an address is opened in."""

from collections.abc import Sequence

from phdesk.core.sources import Noun, SourceError, parse_source
from phdesk.models.account import Account
from phdesk.services.links import Way, way_to
from phdesk.services.settings import KeptWindow
from phdesk.views.desk.open_window import OpenWindow


def lead(
    address: str, windows: Sequence[OpenWindow], accounts: Sequence[Account]
) -> OpenWindow | KeptWindow:
    """Choose a window over the right account and project, else wish for one.

    The windows come in the order in which they were used, the last one last. What leads nowhere is
    left to that one, which says why.
    """
    front = windows[-1]
    try:
        source = parse_source(address)
    except SourceError:
        return front
    inside = [each for each in windows if each.desk.state.account is not None]
    fitting = [each for each in inside if _is_here(way_to(source, each.desk.state, accounts))]
    dashboard = source.id if source.noun is Noun.DASHBOARD else None
    best = [each for each in fitting if each.shows(dashboard)]
    if best or fitting or not inside:
        return (best or fitting or [front])[-1]
    way = way_to(source, inside[-1].desk.state, accounts)
    if way.stranger:
        return front
    account = way.account or inside[-1].workspace.where[0]
    return KeptWindow(account=account, project=source.project or 0, dashboard=dashboard)


def _is_here(way: Way) -> bool:
    return way.account is None and way.project is None and not way.stranger
