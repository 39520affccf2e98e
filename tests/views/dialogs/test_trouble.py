"""Why something was not done, on a line of a dialog or at its fields."""

import pytest
from PySide6.QtWidgets import QLineEdit

from phdesk.views import theme as look
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.one_name import OneName
from phdesk.views.dialogs.trouble import Trouble, show_wrong
from tests.noting import delivered

LONG = "Not saved: The key lacks the scope insight:write. Add it to the key in its settings. " * 2


@pytest.fixture
def spoken(monkeypatch):
    said = []
    monkeypatch.setattr(
        "phdesk.views.dialogs.trouble.speak", lambda _who, words: said.append(words)
    )
    return said


def test_a_dialog_grows_by_the_lines_of_what_went_wrong(qtbot):
    dialog = OneName(look.light(), "Save as a new insight", "Save")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_wrong(LONG)
    delivered(qtbot)
    line = dialog.findChild(Trouble)
    assert line.height() >= line.heightForWidth(line.width())


def test_the_same_is_said_aloud_once_until_something_else_is(qtbot, spoken):
    line = Trouble()
    qtbot.addWidget(line)
    for why in ("No.", "No.", "", "No."):  # lists say theirs whenever they are filled anew
        line.say(why)
    assert spoken == ["No.", "No."]


def test_the_first_field_has_the_keyboard_and_is_named_aloud(qtbot, spoken):
    line = Trouble()
    fields = {
        name: Field(look.light(), name.title(), QLineEdit(), line) for name in ("name", "tags")
    }
    qtbot.addWidget(line)
    assert show_wrong({"tags": "Too many.", "": "Not made."}, fields, line.say)
    assert fields["tags"].field.accessibleDescription() == "Too many."
    assert fields["name"].wrong == ""
    assert spoken == ["Not made.", "Tags: Too many."]
    assert not show_wrong({}, fields, line.say)
    assert (fields["tags"].wrong, line.text()) == ("", "")
