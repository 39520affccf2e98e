"""Every query that PostHog was seen to hold is shown on the page, and nothing of it changes."""

import msgspec
import pytest

from phdesk.core.building.draft import body, opened
from phdesk.core.building.fields import fields
from phdesk.core.building.starting import blank
from tests.core.building.recorded import queries
from tests.views.building.making import AROUND, Making

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_each_recorded_insight_is_shown_with_all_its_settings_and_stays_as_it_is(qtbot):
    making = Making(qtbot, blank("trends"))
    shown = 0
    for name, raw in queries().items():
        draft = opened(raw)
        making.take(draft)
        making.tags.clear()
        qtbot.wait(0)
        assert making.tags == [], f"{name} was edited by being shown"
        wanted = {one.name for one in fields(draft, modern=AROUND.modern)}
        assert set(making.rows) == wanted, name
        assert bytes(body(draft)) == raw, name
        assert bool(draft.closed) == (not wanted) or msgspec.json.decode(raw) == {}, name
        shown += bool(wanted)
    assert shown > 30
