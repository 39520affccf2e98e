"""Ask the system about power and network: on battery, metered, within reach again."""

import ctypes
import ctypes.util
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

SUPPLIES = Path("/sys/class/power_supply")
UNLIMITED = -2.0  # what macOS says of the time left while the mains feed it
MAINS = ("Mains", "USB", "USB_C", "Wireless")


class Circumstances(QObject):
    """What the system says; where it says nothing, nothing stands against a refresh."""

    reconnected = Signal()
    disconnected = Signal()  # as far as the system knows: a server near by may still be there
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        features = QNetworkInformation.Feature
        wanted = features.Reachability | features.Metered
        if QNetworkInformation.instance() is None:
            for each in (wanted, features.Reachability):
                if QNetworkInformation.loadBackendByFeatures(each):
                    break
        self._network: QNetworkInformation | None = QNetworkInformation.instance()
        if self._network is not None:
            self._network.reachabilityChanged.connect(self._on_reachability)
            self._network.isMeteredChanged.connect(self.changed)

    @property
    def battery(self) -> bool:
        """Say whether the machine runs on battery."""
        return on_battery()

    @property
    def metered(self) -> bool:
        """Say whether each byte costs."""
        return self._network is not None and self._network.isMetered()

    @Slot(QNetworkInformation.Reachability)
    def _on_reachability(self, reached: QNetworkInformation.Reachability) -> None:
        states = QNetworkInformation.Reachability
        if reached is states.Online:
            self.reconnected.emit()
        elif reached is not states.Unknown:
            self.disconnected.emit()
        self.changed.emit()


def on_battery(platform: str = sys.platform, supplies: Path = SUPPLIES) -> bool:
    """Ask the system whether it runs on battery; False where it does not say."""
    with suppress(OSError, AttributeError, ValueError):
        if platform == "win32":
            return _windows_on_battery()
        if platform == "darwin":
            return _mac_on_battery()
        return _linux_on_battery(supplies)
    return False


def _linux_on_battery(supplies: Path) -> bool:
    """Read what the kernel tells: a battery that is used while no mains are there."""
    told = [(_said(one / "type"), one) for one in sorted(supplies.iterdir())]
    if any(kind in MAINS and _said(one / "online") == "1" for kind, one in told):
        return False
    own = [one for kind, one in told if kind == "Battery" and _said(one / "scope") != "Device"]
    return any(_said(one / "status") == "Discharging" for one in own)


def _said(file: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text(encoding="utf-8").strip()
    return ""


def _windows_on_battery() -> bool:
    told = (ctypes.c_ubyte * 12)()  # SYSTEM_POWER_STATUS; its first byte is the mains
    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]  # there only
    return bool(windll.kernel32.GetSystemPowerStatus(ctypes.byref(told))) and told[0] == 0


def _mac_on_battery() -> bool:
    kit = ctypes.CDLL(ctypes.util.find_library("IOKit"))
    kit.IOPSGetTimeRemainingEstimate.restype = ctypes.c_double
    return bool(kit.IOPSGetTimeRemainingEstimate() != UNLIMITED)
