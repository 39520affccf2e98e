"""What a person may pick from while an insight is built: wishes go out, answers come back."""

from PySide6.QtCore import QObject, Signal


class Sources(QObject):
    """Passes on between the parts of the page and whoever asks PostHog; it knows neither."""

    properties_wanted = Signal(str, str)  # kind, search
    properties_came = Signal(str, str, object)  # kind, search, tuple[PropertyDefinition, ...]
    values_wanted = Signal(str, str, str)  # kind, key, search
    values_came = Signal(str, str, object)  # key, search, tuple[str, ...]
    events_wanted = Signal(str, str)  # "event", "action" or "cohort", search
    events_came = Signal(str, str, object)  # kind, search, tuple of definitions
    variables_wanted = Signal()
    variables_came = Signal(object)  # tuple[VariableDefinition, ...]
    choices_wanted = Signal(str)  # variable id
    choices_came = Signal(str, object)  # variable id, tuple[Choice, ...]
    refused = Signal(str, object)  # what was asked for, Failure
