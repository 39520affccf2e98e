"""Notifications by the desktop's own service on the session bus, on Linux and the BSDs.

desktop-notifier's backend, with what it leaves out: a new notification takes the place of the old
one instead of standing beside it, failures are raised, and that a card went is always told. When
the service ends, its numbers are forgotten: the next one gives them to others' notifications.
https://specifications.freedesktop.org/notification-spec/latest/
"""

import asyncio
import html
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio.message_bus import MessageBus
from dbus_fast.errors import DBusFastError
from desktop_notifier import Icon, Notification
from desktop_notifier.backends.dbus import DBusDesktopNotifier

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
BUS, BUS_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
OWNER = "NameOwnerChanged"
OWNERS = f"type='signal',sender='{BUS}',interface='{BUS}',member='{OWNER}',arg0='{NAME}'"


class Freedesktop(DBusDesktopNotifier):
    """One connection to one bus; made anew after trouble."""

    def __init__(self, app_name: str, address: str, icon: Path) -> None:
        super().__init__(app_name, Icon(path=icon))
        self.is_handing = False  # the desktop has been told to show something
        self.words = ""  # which service it is
        self._address = address
        self._markup = False
        self._bus: MessageBus | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._replaced = 0

    async def send(self, notification: Notification) -> None:
        """Show a notification in the place of the one with its identifier; raises what happens."""
        await self.connect()
        known = self._platform_to_interface_notification_identifier
        self._replaced = known.inverse.pop(notification.identifier, 0)
        await self._send(notification)
        self._notification_cache[notification.identifier] = notification

    async def connect(self) -> None:
        """Reach the service; raises what is wrong with it or the bus."""
        if self.interface is None:
            await self._init_dbus()

    def written(self, words: str) -> str:
        """Write plain words as the service reads them, which may take `<` for markup."""
        return html.escape(words, quote=False) if self._markup else words

    def disconnect(self) -> None:
        """Leave the bus; what is shown stays."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()

    async def _init_dbus(self) -> Any:
        self.disconnect()
        self._bus = self.bus = await MessageBus(bus_address=self._address).connect()
        self.bus.add_message_handler(self._on_message)
        await self.bus.call(
            Message(
                destination=BUS, path=BUS_PATH, interface=BUS, member="AddMatch",
                signature="s", body=[OWNERS],
            )
        )  # fmt: skip
        found = await self.bus.introspect(NAME, PATH)
        interface: Any = self.bus.get_proxy_object(NAME, PATH, found).get_interface(NAME)
        interface.on_notification_closed(self._on_closed)
        interface.on_action_invoked(self._on_action)
        name, _vendor, version, _spec = await interface.call_get_server_information()
        able = await interface.call_get_capabilities()
        self._markup = "body-markup" in able
        self.words = f"{name} {version}" + ("" if "actions" in able else ", which has no buttons")
        interface.call_notify = partial(self._notify, interface.call_notify)
        self.interface = interface
        return interface

    async def _notify(self, call: Any, app_name: str, _replaces: int, *rest: Any) -> int:
        self.is_handing = True
        number: int = await call(app_name, self._replaced, *rest)
        self.is_handing = False
        return number

    def _on_message(self, message: Message) -> None:
        """Hear that the service ended, or another took its place; a first one is no news."""
        if message.message_type is MessageType.SIGNAL and message.member == OWNER:
            name, before, _after = message.body
            if name == NAME and before:
                self._forget()

    def _forget(self) -> None:
        """Take all notifications for gone; the next one finds out who shows it."""
        self.interface = None
        self._platform_to_interface_notification_identifier.clear()
        for identifier in tuple(self._notification_cache):
            notification = self._clear_notification_from_cache(identifier)
            self.handle_dismissed(identifier, notification)

    def _on_action(self, nid: int, action_key: str) -> None:
        """Pass on what was pressed, and take the notification away: some services leave it."""
        is_ours = nid in self._platform_to_interface_notification_identifier
        super()._on_action(nid, action_key)
        if is_ours:
            task = asyncio.ensure_future(self._take_away(nid))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _take_away(self, nid: int) -> None:
        with suppress(DBusFastError, OSError, EOFError, AttributeError):  # it went, or the service
            interface: Any = self.interface
            await interface.call_close_notification(nid)

    def _on_closed(self, nid: int, reason: int) -> None:
        """Tell that a notification went, whether it was dismissed or its time was over."""
        del reason
        identifier = self._platform_to_interface_notification_identifier.pop(nid, "")
        notification = self._clear_notification_from_cache(identifier)
        if notification is not None:
            self.handle_dismissed(identifier, notification)
