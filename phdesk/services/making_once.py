"""Make something new once: one whose answer was lost is looked for, and never made blindly again.

What there is of its kind is read before anything is sent; what is new of it afterwards, and is
like what was sent, is the one. Where looking does not tell, the next try looks first.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.refused import is_unsure
from phdesk.models.failure import Failure
from phdesk.services.background import tell
from phdesk.services.doubting import look_again
from phdesk.services.session import Session

T = TypeVar("T")
Known = frozenset[int | str]


class Ask(Protocol):
    """Has work carried out, as `Calls.ask` does."""

    def __call__(
        self,
        work: Callable[[Session], Awaitable[Any]],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
    ) -> object:
        """Ask; `done` or `failed` is called later, or neither."""


class Wish(Struct, Generic[T], frozen=True, gc=False, kw_only=True):
    """What is to be made, and how it is known again; equal keys are one wish."""

    key: Hashable
    there: Callable[[Session], Awaitable[Sequence[T]]]  # all of its kind
    make: Callable[[Session], Awaitable[T]]
    is_it: Callable[[T], bool]
    number: Callable[[T], int | str]


class Made(Struct, Generic[T], frozen=True, gc=False):
    """What there is now; `lost` says that its answer was, and that it was looked for.

    It may be an `other` one: what the same form asked for before turned up, and nothing was sent.
    """

    one: T
    lost: bool = False
    other: bool = False


class Hopes(Struct, Generic[T], frozen=True, gc=False):
    """Who is to hear how it went, if they are still there."""

    done: Callable[[Made[T]], None]
    failed: Callable[[Failure], None]  # `looked`: it was looked for, and is not there
    looking: Callable[[], None]  # the answer was lost


class Once(Generic[T]):
    """Makes things of one kind; remembers which may be there already."""

    def __init__(self) -> None:
        self._doubts: dict[Hashable, Known] = {}  # by wish: what there was before it was sent
        self._before: Wish[T] | None = None  # in doubt, of the form that is open

    def begin(self) -> None:
        """Begin with another form: what it asks for stands in the place of nothing."""
        self._before = None

    def make(self, ask: Ask, wish: Wish[T], hopes: Hopes[T]) -> None:
        """Make what is wished, unless that, or what the form asked for before, is there."""
        ask(wish.there, done=partial(self._send, ask, wish, hopes), failed=hopes.failed)

    def _send(self, ask: Ask, wish: Wish[T], hopes: Hopes[T], there: Sequence[T]) -> None:
        for one in (wish, self._before or wish):
            known = self._doubts.get(one.key)
            found = _new(one, there, known) if known is not None else []
            if found:
                del self._doubts[one.key]
                self._before = None
                tell(hopes.done, Made(found[-1], lost=True, other=one.key != wish.key))
                return
        is_first = wish.key not in self._doubts
        known = self._doubts.setdefault(wish.key, frozenset(map(wish.number, there)))
        ask(
            wish.make,
            done=partial(self._was_made, wish, hopes),
            failed=partial(self._has_failed, ask, wish, hopes, known, is_first),
        )

    def _was_made(self, wish: Wish[T], hopes: Hopes[T], one: T) -> None:
        self._doubts.pop(wish.key, None)
        tell(hopes.done, Made(one))

    def _has_failed(
        self,
        ask: Ask,
        wish: Wish[T],
        hopes: Hopes[T],
        known: Known,
        is_first: bool,  # noqa: FBT001
        failure: Failure,
    ) -> None:
        if not is_unsure(failure):
            if is_first:
                self._doubts.pop(wish.key, None)
            tell(hopes.failed, failure)
            return
        self._before = wish
        tell(hopes.looking)
        ask(
            partial(_look_after, wish=wish, known=known),
            done=partial(self._was_looked_after, wish, hopes, failure),
            failed=lambda _again: tell(hopes.failed, failure),
        )

    def _was_looked_after(
        self, wish: Wish[T], hopes: Hopes[T], failure: Failure, found: Sequence[T] | None
    ) -> None:
        if found is None:
            tell(hopes.failed, replace(failure, looked=True))
        elif len(found) > 1:  # of several nobody can tell which one it is
            tell(hopes.failed, failure)
        else:
            self._doubts.pop(wish.key, None)
            tell(hopes.done, Made(found[0], lost=True))


async def _look_after(session: Session, wish: Wish[T], known: Known) -> Sequence[T] | None:
    """Look more than once for what may be there; None where it is not."""

    async def look() -> Sequence[T] | None:
        return _new(wish, await wish.there(session), known) or None

    return await look_again(look)


def _new(wish: Wish[T], there: Iterable[T], known: Known) -> list[T]:
    return [one for one in there if wish.number(one) not in known and wish.is_it(one)]
