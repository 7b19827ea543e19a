"""Where sessions are kept: each module has a ``SessionStore`` (``SESSION_ENGINE``)."""
