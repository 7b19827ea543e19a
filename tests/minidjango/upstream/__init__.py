"""Django's own tests with one word changed, run on minidjango: a tool for developers.

``python -m tests.minidjango.upstream --help``; README.md beside this file says what it does.
"""
