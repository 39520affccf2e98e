"""A window of Ada's before a PostHog that refuses what is to be changed."""

from types import SimpleNamespace

import pytest

from tests.views.desk.refused.hands import RefusedDesk
from tests.views.desk.refused.server import RefusingPostHog


@pytest.fixture
def spoken(monkeypatch):
    """What a screen reader is told at once."""
    said = []
    heard = SimpleNamespace(
        QAccessibleAnnouncementEvent=lambda _widget, words: SimpleNamespace(
            words=words, setPoliteness=lambda _how: None
        ),
        QAccessible=SimpleNamespace(
            AnnouncementPoliteness=SimpleNamespace(Assertive=None, Polite=None),
            updateAccessibility=lambda event: said.append(event.words),
        ),
    )
    monkeypatch.setattr("phdesk.views.widgets.spoken.QtGui", heard)
    return said


@pytest.fixture
def refusing(server):
    return RefusingPostHog(server)


@pytest.fixture
def desk(refusing, ada, spoken, monkeypatch):
    monkeypatch.setattr("phdesk.services.doubting.WAITS", (0.0,))  # one look is enough here
    return RefusedDesk(ada, refusing, spoken)
