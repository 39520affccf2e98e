"""What a person made and did not save to PostHog, and would lose with its account."""

from msgspec import Struct

from phdesk.core.access_words import joined

MOST_NAMED = 3  # insights


class Unsaved(Struct, frozen=True, gc=False):
    """What is kept of one account on this computer alone."""

    insights: tuple[str, ...] = ()  # by title
    layouts: int = 0

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.insights or self.layouts)


def unsaved_words(unsaved: Unsaved) -> str:
    """Name what would be lost, as "the insight “Visits” and 2 layouts"; empty where nothing is."""
    parts = [_insights(unsaved.insights)] if unsaved.insights else []
    if unsaved.layouts:
        parts.append(f"{unsaved.layouts} layout{'s' * (unsaved.layouts != 1)} of yours")
    return joined(parts)


def _insights(titles: tuple[str, ...]) -> str:
    named = [f"“{one}”" for one in titles[:MOST_NAMED]]
    more = len(titles) - MOST_NAMED
    if more > 0:
        named.append(f"{more} more")
    return f"the insight{'s' * (len(titles) != 1)} {joined(named)}"
