"""One run at a time makes `.venv`: a lock that the operating system lifts when its holder dies."""

import errno
import os
import sys
import time

from course.door import environment
from course.door.progress_line import ProgressLine

PATH = os.path.join(environment.ROOT, ".venv.lock")
WAIT = 0.2  # seconds between two tries


class Lock:
    """Held inside a `with` block; entering waits for a run that holds it, and says so.

    A file system without locks (some network drives) is used without.
    """

    def __init__(self, line: ProgressLine) -> None:
        self.line = line
        self.held: list[int] = []  # the open file descriptor, as long as it is held

    def __enter__(self) -> "Lock":
        self.held = [os.open(PATH, os.O_RDWR | os.O_CREAT, 0o666)]
        try:
            while not try_to_lock(self.held[0]):
                self.line.show("Another run is making .venv: waiting for it")
                time.sleep(WAIT)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        os.close(self.held.pop())


def try_to_lock(file: int) -> bool:
    """Lock an open file without waiting; tell whether that went well."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True
