"""From ``environ`` to a response: `wsgi`, then `base`, then `exception`."""
