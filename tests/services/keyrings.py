"""Keyrings that work, hang, are locked or are not there."""

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class HangingKeyring(MemoryKeyring):
    """Answers only after `release`, as a locked collection without a prompter never does."""

    def __init__(self):
        super().__init__()
        self.release = threading.Event()
        self.asked = threading.Event()

    def get_password(self, service, username):
        self.asked.set()
        self.release.wait(10)
        return super().get_password(service, username)

    def set_password(self, service, username, password):
        self.get_password(service, username)
        super().set_password(service, username, password)


class FailingKeyring(MemoryKeyring):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def fail(self, *_entry):
        raise self.error

    get_password = set_password = delete_password = fail


class ForgetfulKeyring(MemoryKeyring):
    """Loses writes without a word, as keyring's null backend does."""

    def set_password(self, service, username, password):
        pass


LOCKED = KeyringLocked("locked")
MISSING = NoKeyringError("none")
