"""A program that a person wants to be run for each alert: told on its stdin, never by a shell."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

LIMIT = 30.0  # seconds
STDERR = 2  # where its output goes: stdout has the events alone
SECRETS = frozenset({"PHDESK_API_KEY"})


class AlertCommand:
    """Runs in the worker, one at a time, in the order of the events."""

    def __init__(
        self,
        words: Sequence[str],
        environ: Mapping[str, str],
        tell: Callable[[str], None],
        limit: float = LIMIT,
    ) -> None:
        """`tell` takes a sentence when it fails, which stops nothing."""
        self._words, self._tell, self._limit = tuple(words), tell, limit
        self._environ = {name: value for name, value in environ.items() if name not in SECRETS}
        self._turn = asyncio.Lock()

    async def run(self, event: bytes) -> None:
        """Run it with an event on its stdin, when those before it are done."""
        async with self._turn:
            problem = await self._run(event)
        if problem:
            self._tell(f"alert_command {self._words[0]}: {problem}")

    async def _run(self, event: bytes) -> str:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._words,
                stdin=asyncio.subprocess.PIPE,
                stdout=STDERR,
                env=self._environ,
                start_new_session=True,  # what it starts itself ends with it; ignored on Windows
            )
        except OSError as why:
            return f"cannot be started ({why.strerror})"
        except ValueError as why:
            return f"cannot be started ({why})"
        try:
            async with asyncio.timeout(self._limit):
                await process.communicate(event)
        except TimeoutError:
            return f"was ended, as it ran for more than {self._limit:g} s"
        finally:
            if process.returncode is None:
                _end(process)
                await process.wait()
        code = process.returncode
        return f"ended with exit code {code}" if code else ""


def _end(process: asyncio.subprocess.Process) -> None:
    """End it with all that it started."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
