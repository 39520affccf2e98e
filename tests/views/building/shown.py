"""What the page of an insight says in words, and which words stand for a part of a query."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from phdesk.core.building import words
from phdesk.core.building.fields import field_of, fields
from phdesk.core.building.untouched import ALWAYS, known_fields, untouched
from phdesk.core.filter_ranges import range_words
from phdesk.core.filter_words import operator_words
from phdesk.core.jsonvalue import as_dict
from phdesk.core.names import event_name, group_names, property_name
from tests.views.building.making import GROUPS, NOW

SPEAKING = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox)
SAID = ("text", "currentText", "toPlainText", "toolTip", "accessibleName")
NAMES = {}  # of PostHog's words: all that the page may call them
for _names in vars(words).values():
    for _value, _name in _names.items() if isinstance(_names, dict) else ():
        if isinstance(_value, str) and isinstance(_name, str):
            NAMES.setdefault(_value, set()).add(_name)
INDEXES = frozenset({"math_group_type_index", "group_type_index", "breakdown_group_type_index"})
MORE = {
    "AND": {"all of these", "and", "Filter: "},
    "OR": {"any of these", "or"},
    "unique_group": {"Unique "},
    "all": {"All users"},
}


def said_on(page):
    """Collect all words that are shown, tips and names for screen readers among them."""
    found = []
    for one in page.findChildren(QWidget):
        if isinstance(one, SPEAKING) and _is_shown(one, page):
            said = [getattr(one, name)() for name in SAID if hasattr(one, name)]
            ticked = isinstance(one, QAbstractButton) and one.isCheckable() and one.isChecked()
            found += [*said, f"ticked: {one.text()}"] if ticked else said
    return "\n".join(found).replace("&&", "&")


def unsaid(draft, said):
    """List the parts of a query that say something, of which the page says nothing."""
    shown, told = fields(draft), {one.name: one.label for one in untouched(draft)}
    for path, value in _leaves(draft.query):
        name = _name(draft, path)
        kept = next((told[one] for one in told if _is_in(name, one)), None)
        if path.rpartition(".")[2] in ALWAYS or value is False:
            continue
        if not any(one in said for one in ([kept] if kept else _words(draft, shown, name, value))):
            yield name, value


def _words(draft, shown, name, value):
    """Give the words of which one must be said for a part."""
    field = field_of(shown, name)
    if field is None:  # it means nothing to this chart, and is named unless it is the default
        known = known_fields(draft.kind).get(name)
        return {""} if known and known.default == value else {known.label if known else "?"}
    if field.control == "flag":
        return {f"ticked: {field.label}"}
    if field.control == "choice":
        return {one.label for one in field.options if one.value == field.value}
    if field.control == "dates":
        dates = as_dict(field.value)
        exact = ", to the minute" if dates.get("explicitDate") else ""
        return {range_words(dates.get("date_from"), dates.get("date_to"), NOW) + exact}
    return _within(name.rpartition(".")[2], value)


def _within(key, value):
    """Give words for a part of a setting that has many, such as a list of series."""
    if key in INDEXES:
        return {group_names(value, GROUPS)[0]}
    if key == "id" or (key, value) == ("type", "actions"):
        return {""}  # of an action its name is shown, of a cohort, too
    text = f"{value:g}" if isinstance(value, float) else str(value)
    plain = {text, event_name(text), property_name(text), operator_words(text), f"({text})"}
    return plain | NAMES.get(text, set()) | MORE.get(text, set())


def _leaves(value, where=""):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _leaves(one, f"{where}.{place}")
    elif value not in (None, ""):
        yield where, value


def _name(draft, path):
    if draft.source is draft.query:
        return path
    return path.removeprefix("source.") if path.startswith("source.") else f"node.{path}"


def _is_in(name, part):
    return name == part or name.startswith(f"{part}.")


def _is_shown(one, page):
    """Tell whether nobody hid it; what was made just now is seen a turn later."""
    hidden = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    while one is not None and one is not page:
        if one.isHidden() and one.testAttribute(hidden):
            return False
        one = one.parentWidget()
    return True
