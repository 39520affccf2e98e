"""An insight that was sent to be saved: known again on the server if its answer is lost."""

from collections.abc import Iterable

from msgspec import Raw, Struct

from phdesk.core.building.draft import Draft, body
from phdesk.core.building.saving import Details
from phdesk.core.building.work import Work
from phdesk.core.jsonvalue import parse
from phdesk.core.question import stated
from phdesk.models.insight import Insight, SavedInsight


class Sent(Struct, frozen=True, gc=False, kw_only=True):
    """What was sent, what stood on the page then, and the newest insight that there was before.

    Ids of insights grow, so one above `after` was saved later, by whatever clock.
    """

    query: Raw
    details: Details
    page: Details
    after: int = 0

    def was(self, work: Work) -> bool:
        """Say whether this is what stood on the page."""
        return self.page == work.details and parse(self.query) == work.draft.query


def sent_of(draft: Draft, details: Details, page: Details) -> Sent:
    """Note what is sent of a draft; the details of a copy are not those on the page."""
    return Sent(query=body(draft), details=details, page=page)


def arrived(sent: Sent, there: Iterable[SavedInsight]) -> SavedInsight | None:
    """Find what was sent among what is saved: newer, of its name, and asking the same."""
    return next((one for one in there if _is_of(sent, one)), None)


def newest(there: Iterable[SavedInsight]) -> int:
    """Give the highest id; 0 where nothing is."""
    return max((one.insight.id or 0 for one in there), default=0)


def _is_of(sent: Sent, one: SavedInsight) -> bool:
    insight = one.insight
    return (
        (insight.id or 0) > sent.after
        and insight.name == sent.details.name.strip()
        and _holds(stated(insight), stated(Insight(query=sent.query)))
    )


def _holds(theirs: object, ours: object) -> bool:
    """Say whether all that was asked is asked there: a server may write out what it supposes."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(_holds(theirs.get(key), part) for key, part in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        pairs = zip(theirs, ours, strict=False)
        return len(theirs) == len(ours) and all(_holds(*pair) for pair in pairs)
    return theirs == ours
