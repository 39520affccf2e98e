"""Rows of a table of many series, put together and written when somebody reads them.

The numbers are those that the chart holds anyhow. A table of 90 series over a year would be 65,000
more values and words, which are made for nothing while only the chart is looked at, and which the
garbage collector has to visit.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

from msgspec import structs

from phdesk.core.charts.results import Number
from phdesk.core.charts.spec import Table
from phdesk.core.formatting import Format, numbers

T = TypeVar("T")
Cell = str | Number


class _Lazy(Sequence[tuple[T, ...]], Generic[T]):
    """A sequence that equals the tuple of its rows."""

    __slots__ = ()

    def row(self, index: int) -> tuple[T, ...]:
        """Make the row at a place, counted from 0."""
        raise IndexError(index)

    @overload
    def __getitem__(self, index: int) -> tuple[T, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[T, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[T, ...] | tuple[tuple[T, ...], ...]:
        if isinstance(index, slice):
            return tuple(map(self.row, range(*index.indices(len(self)))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.row(index % len(self))

    def __iter__(self) -> Iterator[tuple[T, ...]]:
        return map(self.row, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | _Lazy):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class LongRows(_Lazy[Cell]):
    """Rows of words, one number of their own, and as many numbers as there are buckets."""

    __slots__ = ("buckets", "firsts", "lines", "words")

    def __init__(
        self,
        words: Sequence[tuple[str, ...]],
        firsts: Sequence[Number],
        lines: Sequence[tuple[Number, ...]],
        buckets: int,
    ) -> None:
        self.words, self.firsts, self.lines = tuple(words), tuple(firsts), tuple(lines)
        self.buckets = buckets

    def __len__(self) -> int:
        return len(self.lines)

    def cells(self, index: int) -> tuple[Number, ...]:
        """Give the numbers of a row; None where a line has no value for a bucket."""
        line = self.lines[index]
        return (self.firsts[index], *line, *[None] * (self.buckets - len(line)))

    def row(self, index: int) -> tuple[Cell, ...]:
        """Make the row at a place, counted from 0."""
        return (*self.words[index], *self.cells(index))


class LongTexts(_Lazy[str]):
    """The same rows as the screen writes them."""

    __slots__ = ("how", "rows")

    def __init__(self, rows: LongRows, how: Format) -> None:
        self.rows, self.how = rows, how

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> tuple[str, ...]:
        """Write the row at a place, counted from 0."""
        return (*self.rows.words[index], *numbers(self.rows.cells(index), self.how))


def whole(table: Table) -> Table:
    """Put all rows of a table together and write them."""
    return structs.replace(table, rows=tuple(table.rows), texts=tuple(table.texts))
