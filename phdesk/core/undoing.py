"""Undo and redo of a value that is changed step by step, without limit."""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Steps(Struct, Generic[T], frozen=True, gc=False):
    """A value now, those before it and those that were undone, the newest last."""

    now: T
    past: tuple[T, ...] = ()
    future: tuple[T, ...] = ()
    tag: str = ""  # of the last step: the next one with the same tag is part of it

    def did(self, value: T, tag: str = "") -> "Steps[T]":
        """Take a step; what is typed into one field, as its tag says, is one step."""
        if value == self.now:
            return self
        merged = bool(tag) and tag == self.tag and bool(self.past)
        return Steps(value, self.past if merged else (*self.past, self.now), (), tag)

    def undone(self) -> "Steps[T]":
        """Go back one step."""
        if not self.past:
            return self
        return Steps(self.past[-1], self.past[:-1], (*self.future, self.now))

    def redone(self) -> "Steps[T]":
        """Go forward again."""
        if not self.future:
            return self
        return Steps(self.future[-1], (*self.past, self.now), self.future[:-1])

    def rested(self) -> "Steps[T]":
        """End the step that is being taken: what is typed next is another one."""
        return Steps(self.now, self.past, self.future) if self.tag else self
