"""What a window says of saving an insight: how it went, and what nobody knows."""

from phdesk.core.building.saving import Overtaken, overtaken_words
from phdesk.core.building.sent import Sent
from phdesk.core.listing import title_of as dashboard_title
from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight, SavedInsight
from phdesk.views.desk.desk import Desk

NOT_SIGNED_IN = "Not saved: sign in first."
STILL = "PostHog has not answered yet. Save again when it has."
LOOKING = "The answer was lost. Looking whether PostHog has saved it…"
NOT_THERE = "phdesk looked: PostHog has not saved it."
MAYBE = "PostHog may have saved it all the same; saving again looks first."
GIVEN_UP = "Nobody waits for the answer any more, as phdesk connected anew."
NOT_SENT = "Nothing was sent."
GONE = "“{}” is not saved: PostHog has not got it."
FOUND = "Saved “{}”: the answer was lost, but it is there."


class InsightSaid:
    """Says it as the notice of the window, and takes it back with the insight it is about."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said = ""  # last, of the insight on the page

    def take_back(self) -> None:
        """Leave no word about an insight in whose place another one comes."""
        notice = self._desk.window.notice
        if self._said and notice.text == self._said:
            notice.clear()
        self._said = ""

    def say(self, words: str) -> None:
        """Say what is under way, or did not go well."""
        self._desk.window.notice.set_message(words)
        self._said = words

    def saved(self, saved: SavedInsight, *, is_new: bool) -> None:
        """Say that it is saved; of a new one on which dashboard, for its tile may be far below."""
        where = self._where(saved) if is_new else ""
        self._say_done(f"Saved “{_title(saved.insight)}”{where}.")

    def found(self, saved: SavedInsight) -> None:
        """Say that it is saved, though the answer was lost."""
        self._say_done(FOUND.format(_title(saved.insight)))

    def refused(self, failure: Failure, doubt: str = "") -> None:
        """Say why it is not saved; `doubt` is a sentence on what else is known, or is not."""
        remedy = "Add it to the key in PostHog's settings." if failure.scope else ""
        self.say(" ".join(filter(None, (f"Not saved: {failure.message}", remedy, doubt))))

    def overtaken(self, found: Overtaken) -> None:
        """Say of an insight that is not on the page that somebody else changed the same."""
        self.say(f"{_title(found.now.insight)}: {overtaken_words(found)}")

    def gone(self, doubt: Sent) -> None:
        """Say of one that was in doubt that it did not arrive."""
        self.say(GONE.format(_sent_title(doubt)))

    def unsettled(self, doubt: Sent, failure: Failure) -> None:
        """Say of one in doubt that it stays so."""
        title = _sent_title(doubt)
        self.say(f"Nobody knows whether “{title}” is saved: {failure.message} {MAYBE}")

    def _say_done(self, words: str) -> None:
        self._desk.window.notice.set_done(words)
        self._said = words

    def _where(self, saved: SavedInsight) -> str:
        rows = {row.id: row for row in self._desk.state.rows.items}
        if len(saved.dashboards) == 1 and (row := rows.get(saved.dashboards[0])) is not None:
            return f" on “{dashboard_title(row)}”"
        return ""


def _sent_title(sent: Sent) -> str:
    return _title(Insight(name=sent.details.name.strip(), query=sent.query))


def _title(insight: Insight) -> str:
    return insight_title(insight, read_question(insight))
