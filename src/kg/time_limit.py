"""A limit on the time that a block of code takes, in any thread and on any system.

Signals reach the main thread only, and workers of a cluster run in others. An exception that
another thread sets (PyThreadState_SetAsyncExc of the C API) is raised at the next instruction
of Python, so a single long call into C is not cut short, only ended late.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TookTooLongError", "time_limit"]


class TookTooLongError(BaseException):
    """The time is over. Not an ``Exception``: no library between should take it for its own."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """End the block after so many seconds; None is for ever.

    >>> with time_limit(5):
    ...     done = True
    >>> done
    True

    Raises:
        TookTooLongError: If the time is over.
    """
    if not seconds:
        yield
        return
    over = _Alarm(threading.get_ident())
    timer = threading.Timer(seconds, over.ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        over.silence()


class _Alarm:
    """Rings in one thread, and never after it was silenced."""

    def __init__(self, thread: int) -> None:
        self._thread = ctypes.c_ulong(thread)
        self._lock = threading.Lock()
        self._live = True

    def ring(self) -> None:
        with self._lock:
            if self._live:
                self._raise(ctypes.py_object(TookTooLongError))

    def silence(self) -> None:
        with self._lock:
            self._live = False

    def _raise(self, what: ctypes.py_object[type[BaseException]]) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, what)
