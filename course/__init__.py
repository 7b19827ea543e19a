"""The course: its lessons, what builds and proves them, and the front door `python3 -m course`.

This module imports nothing: any Python that finds it, however old, must get as far as
`course.__main__`.
"""

__version__ = "0.1.0"
