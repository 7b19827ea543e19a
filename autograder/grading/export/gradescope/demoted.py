"""`python -m autograder.grading.export.gradescope.demoted FRAMEWORK`: a host without rights.

In a container everything runs as root. This process becomes a user that owns nothing, and is a host
from then on: what is root's alone, the master and the results, it can neither read nor write.
"""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import sys

from autograder.host.zygote import warm

NOBODY = 65534
"""The user, and the group, that own nothing."""


def give_up_rights() -> None:
    """Become nobody, in a scratch folder that is nobody's; OSError where this is not root."""
    os.chown(".", NOBODY, NOBODY)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


if __name__ == "__main__":
    # Whatever lessons need is imported while it can certainly be read; stdout is the judge's.
    with contextlib.redirect_stdout(io.StringIO()):
        warm(sys.argv[1])
    give_up_rights()
    runpy.run_module("autograder.host", run_name="__main__", alter_sys=True)
