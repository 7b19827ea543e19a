"""Whether this system can lock a host in; asked before anything needs `sandbox`."""

from __future__ import annotations


def lacking() -> str:
    """What this system lacks for a sandbox, in a sentence; "" where it lacks nothing."""
    try:
        from autograder.host import sandbox  # its libraries say at import what the system lacks

        sandbox.check()
    except (ImportError, OSError, RuntimeError) as fault:
        return str(fault) or type(fault).__name__
    return ""
