"""What a dashboard on screen is when it can only be read: a snapshot, or the past."""

from msgspec import Struct

from phdesk.views.dashboard.card_state import Reads


class Reading(Struct, frozen=True, gc=False):
    """Why nothing can be changed, as tiles know it and in words for what is switched off."""

    reads: Reads
    why: str
