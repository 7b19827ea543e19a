"""``python -m minidjango``."""

from minidjango.core.servers.runserver import main

if __name__ == "__main__":
    raise SystemExit(main())
