"""The way in: from any system Python into `.venv`. Standard library only, parsed by Python 3.6."""
