"""Why pip failed, in a sentence, from what it said."""

import re

# The first that fits is taken: a full disk or a refused file makes connections fail in odd ways
# too, and never the other way round.
REASONS = [
    (
        r"No space left on device|\[Errno 28\]|WinError 112",
        "the disk is full; free about 500 MB",
    ),
    (
        r"WinError (5|32)\b",
        "one of its files is in use; close JupyterLab and whatever else runs from .venv",
    ),
    (
        r"Permission denied|\[Errno 13\]|Read-only file system",
        "a file may not be written; see to it that this folder belongs to you",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "this machine does not trust the package index's certificate; name your network's own "
        'with "pip config set global.cert FILE"',
    ),
    (
        r"ProxyError|Tunnel connection failed",
        "the proxy refused; set HTTPS_PROXY to the one that your network uses",
    ),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Connection refused"
        r"|Connection reset|Network is unreachable|Temporary failure in name resolution"
        r"|getaddrinfo failed|Max retries exceeded|connection broken",
        "the package index cannot be reached; check the network",
    ),
    (
        # With no retries allowed, pip does not say why it found nothing at all.
        r"from versions: none",
        "the package index does not answer, or not with our packages; check the network, and "
        'with "pip config list" which index it is',
    ),
    (
        r"No matching distribution found",
        'the package index lacks one of the versions; see which index it is with "pip config list"',
    ),
]
OTHER = "mend what its last words above complain of"


def reason(words: str) -> str:
    """Return why pip failed and the mend, from its whole output."""
    for pattern, meaning in REASONS:
        if re.search(pattern, words):
            return meaning
    return OTHER
