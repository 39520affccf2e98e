"""What all settings on the page have in common."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from phdesk.core.building.changing import changed
from phdesk.core.building.draft import Draft
from phdesk.core.building.fault import Fault
from phdesk.core.building.field import Field
from phdesk.core.names import Groups
from phdesk.models.definition import VariableDefinition
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme


class Around(Struct, frozen=True, gc=False, kw_only=True):
    """What settings need to know beside the draft: the project, its server, the last answer."""

    now: Callable[[], datetime]  # in the project's zone
    week_start: int = 0  # the weekday on which weeks begin, 0 Monday
    groups: Groups = ()
    modern: bool = True  # whether the server is of 2025 or later
    columns: tuple[str, ...] = ()  # of the last answer to SQL
    schema: Mapping[str, Mapping[str, str]] = {}  # tables, their columns and types
    cohorts: Mapping[int, str] = {}  # their names
    variables: tuple[VariableDefinition, ...] | None = None  # None: they are not known
    no_variables: str = ""  # why not


class Control(QWidget):
    """Shows one setting and gives the draft that a person makes of it; what is set is no edit.

    A wide one has its name above it, others beside it. The tag of an edit is empty unless more of
    the same may follow, as while somebody types. The type checker sees to what is abstract, for Qt
    has a metaclass of its own.
    """

    edited = Signal(object, str)  # Draft, tag
    wide = False
    names_itself = False  # as a check box does, whose name stands beside it

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.sources = theme, sources
        self.held: tuple[Field, Draft, Around] | None = None

    def set_field(self, field: Field, draft: Draft, around: Around) -> None:
        """Show a setting with its value."""
        self.held = field, draft, around
        self.show_value()
        self.setEnabled(not field.fixed)

    @abstractmethod
    def show_value(self) -> None:
        """Bring the widgets up to date."""

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self.theme = theme

    def set_fault(self, words: str) -> None:
        """Tell assistive technology what is wrong."""
        self.taker.setAccessibleDescription(words)

    def place(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Say what is wrong where it is, inside the setting; give back what is about all of it."""
        return faults

    @property
    def is_of_use(self) -> bool:
        """Tell whether there is something to choose, or something that holds."""
        return True

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self

    @property
    def field(self) -> Field:
        """Give the setting that is shown."""
        assert self.held is not None  # noqa: S101  nothing is shown before
        return self.held[0]

    @property
    def draft(self) -> Draft:
        """Give the draft that is shown."""
        assert self.held is not None  # noqa: S101  nothing is shown before
        return self.held[1]

    @property
    def around(self) -> Around:
        """Give what is known beside the draft."""
        assert self.held is not None  # noqa: S101  nothing is shown before
        return self.held[2]

    def give(self, draft: Draft, tag: str = "") -> None:
        """Tell of an edit; one that changes nothing is none."""
        if draft is not self.draft and draft != self.draft:
            self.edited.emit(draft, tag)

    def tell(self, value: object, tag: str = "") -> None:
        """Tell of another value of the setting; the default is left to PostHog if it was."""
        if value != self.field.value:
            self.give(changed(self.draft, self.field.name, value), tag)
