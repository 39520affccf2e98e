"""Cards as the desktop's own notifications, by desktop-notifier: freedesktop, Windows, macOS.

Windows wants an AppUserModelID, which the library registers under our name for this person alone.
macOS shows notifications only of a signed app bundle. Neither could be tried here; Linux is tested
with a real dunst. Imports much: after the first paint.
"""

import asyncio
import sys
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal

from dbus_fast.errors import DBusFastError
from desktop_notifier import Button, Icon, Notification, Sound, Urgency
from desktop_notifier.backends.base import DesktopNotifierBackend
from desktop_notifier.backends.dummy import DummyNotificationCenter
from desktop_notifier.main import get_backend_class

from phdesk.core.noticing.cards import BUTTONS, Card
from phdesk.models.watch import Severity
from phdesk.services.awake_bus import bus_address
from phdesk.services.notices.freedesktop import Freedesktop
from phdesk.services.notices.way import Pressed, WayError, WayName

PATIENCE = 5.0  # seconds for the desktop to take a card
APP = "phdesk"
URGENCIES = {"low": Urgency.Low, "normal": Urgency.Normal, "critical": Urgency.Critical}
SOUNDS: dict[Severity, str] = {  # https://specifications.freedesktop.org/sound-naming-spec
    "critical": "dialog-error",
    "warning": "dialog-warning",
    "info": "dialog-information",
}
TROUBLE = (DBusFastError, OSError, EOFError, RuntimeError, ValueError, AttributeError)


class Desktop:
    """Knows one backend at a time; after trouble the next card is tried with a new one."""

    name: WayName = "desktop"

    def __init__(
        self,
        environ: Mapping[str, str],
        icon: Path,
        pressed: Pressed,
        patience: float = PATIENCE,
    ) -> None:
        self._environ, self._icon, self._pressed = environ, icon, pressed
        self._patience = patience
        self._backend: DesktopNotifierBackend | None = None
        self._late: set[asyncio.Task[None]] = set()  # what the desktop has not answered yet

    async def look(self) -> str:
        """Say which service shows notifications."""
        backend = self._ready()
        if not isinstance(backend, Freedesktop):
            return "Notifications of the system"
        await self._within(backend, backend.connect())
        return f"Notifications of the desktop ({backend.words})"

    async def show(self, card: Card) -> None:
        """Put a card on screen; one that the desktop takes too late is taken down again."""
        backend = self._ready()
        if isinstance(backend, Freedesktop):
            await self._within(backend, backend.connect())
        await self._within(backend, backend.send(_notification(card, backend)), card.key)
        if card.key not in await backend.get_current_notifications():
            raise WayError("the system refuses notifications of phdesk")

    async def take_down(self, key: str) -> None:
        """Remove a card."""
        backend = self._backend
        if backend is not None and key in await backend.get_current_notifications():
            with suppress(WayError, KeyError):
                await self._within(backend, backend.clear(key))

    async def leave(self) -> None:
        """Leave the bus and give up what was not answered."""
        for task in tuple(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
        if self._backend is not None:
            self._drop(self._backend)

    def _ready(self) -> DesktopNotifierBackend:
        if self._backend is None:
            self._backend = self._made()
            loop = asyncio.get_running_loop()
            self._backend.on_clicked = partial(self._say, loop, "open")
            self._backend.on_dismissed = partial(self._say, loop, "closed")
            self._backend.on_button_pressed = partial(self._say_button, loop)
        return self._backend

    def _made(self) -> DesktopNotifierBackend:
        if sys.platform in ("win32", "darwin"):
            backend = get_backend_class()(APP, Icon(path=self._icon))
            if isinstance(backend, DummyNotificationCenter):
                raise WayError("the system shows notifications of installed apps only")
            return backend
        address = bus_address(self._environ)
        if not address:
            raise WayError("there is no session bus")
        return Freedesktop(APP, address, self._icon)

    async def _within(
        self, backend: DesktopNotifierBackend, work: Coroutine[Any, Any, None], key: str = ""
    ) -> None:
        """Wait for the desktop, for some seconds; whatever goes wrong is a WayError."""
        task = asyncio.ensure_future(work)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._patience)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not done:
            self._give_up(backend, task, key)
            raise WayError(f"the desktop did not answer within {self._patience:.0f} s")
        try:
            task.result()
        except TROUBLE as why:
            self._drop(backend)
            raise WayError(_reason(why)) from why

    def _give_up(self, backend: DesktopNotifierBackend, task: asyncio.Task[None], key: str) -> None:
        """Ask it no more; what it shows after all, of what is told otherwise, is to go again."""
        if self._backend is backend:
            self._backend = None
        backend.on_clicked = backend.on_dismissed = backend.on_button_pressed = None
        if not (key and isinstance(backend, Freedesktop) and backend.is_handing):
            task.cancel()
        late = asyncio.ensure_future(_withdrawn(backend, task, key))
        self._late.add(late)
        late.add_done_callback(self._late.discard)

    def _drop(self, backend: DesktopNotifierBackend) -> None:
        if self._backend is backend:
            self._backend = None
        if isinstance(backend, Freedesktop):
            backend.disconnect()

    def _say(
        self, loop: asyncio.AbstractEventLoop, what: Literal["open", "closed"], key: str
    ) -> None:
        loop.call_soon_threadsafe(self._pressed, key, what)  # Windows and macOS have own threads

    def _say_button(self, loop: asyncio.AbstractEventLoop, key: str, button: str) -> None:
        if button in BUTTONS:
            loop.call_soon_threadsafe(self._pressed, key, button)


async def _withdrawn(backend: DesktopNotifierBackend, task: asyncio.Task[None], key: str) -> None:
    """Wait for a late answer, for as long as phdesk runs, and undo what it did."""
    try:
        with suppress(*TROUBLE, asyncio.CancelledError):
            await task
            await backend.clear(key)
    finally:
        task.cancel()
        if isinstance(backend, Freedesktop):
            backend.disconnect()


def _notification(card: Card, backend: DesktopNotifierBackend) -> Notification:
    linux = isinstance(backend, Freedesktop)
    sound = SOUNDS[card.notice.severity] if linux else "default"
    return Notification(
        title=card.title,
        message=backend.written(card.body) if isinstance(backend, Freedesktop) else card.body,
        urgency=URGENCIES[card.urgency],
        buttons=tuple(Button(title=BUTTONS[one], identifier=one) for one in card.buttons),
        sound=Sound(name=sound) if card.sound else None,
        identifier=card.key,
    )


def _reason(why: Exception) -> str:
    words = " ".join(str(why).split())
    if "was not provided by any" in words:
        return "no notification service runs on this desktop"
    if "org.freedesktop.Notifications" in words:  # the bus could not start it
        return "the notification service of this desktop does not start"
    return f"the session bus says: {words[:200]}" if words else "the session bus is gone"
