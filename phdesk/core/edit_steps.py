"""Which changes for the team can be taken back, and done again: newest first, by dashboard."""

from msgspec import Struct, field

from phdesk.core.team_edits import Edit, made_again, taken_back


class _Turn(Struct, eq=False):
    """A step on its way: what is sent, for what, and where that goes when it is done."""

    sent: Edit
    step: Edit
    back: bool


class EditSteps(Struct, eq=False):
    """Grows with what was made; a step that PostHog refuses stays where it is."""

    _past: dict[int, list[Edit]] = field(default_factory=dict)
    _future: dict[int, list[Edit]] = field(default_factory=dict)
    _turns: list[_Turn] = field(default_factory=list)

    def undo(self, dashboard: int) -> Edit | None:
        """Give the change that takes the newest step back; None when there is none."""
        return self._turned(self._past, dashboard, back=True)

    def redo(self, dashboard: int) -> Edit | None:
        """Give the change that does the step again which was taken back last."""
        return self._turned(self._future, dashboard, back=False)

    def done(self, dashboard: int, asked: Edit, made: Edit) -> bool:
        """Note what was made; say whether that was a step back."""
        turn = self._turn_of(asked)
        if turn is None:
            self._future.pop(dashboard, None)
            if made.back is not None:
                self._past.setdefault(dashboard, []).append(made)
            return False
        to = self._future if turn.back else self._past
        to.setdefault(dashboard, []).append(turn.step)
        return turn.back

    def refused(self, dashboard: int, asked: Edit) -> bool:
        """Leave a step where it was; say whether it was one."""
        turn = self._turn_of(asked)
        if turn is not None:
            held = self._past if turn.back else self._future
            held.setdefault(dashboard, []).append(turn.step)
        return turn is not None

    def _turned(self, held: dict[int, list[Edit]], dashboard: int, *, back: bool) -> Edit | None:
        steps = held.get(dashboard)
        if not steps:
            return None
        step = steps.pop()
        sent = taken_back(step) if back else made_again(step)
        if sent is not None:
            self._turns.append(_Turn(sent, step, back))
        return sent

    def _turn_of(self, asked: Edit) -> _Turn | None:
        for turn in self._turns:
            if turn.sent is asked:
                self._turns.remove(turn)
                return turn
        return None
