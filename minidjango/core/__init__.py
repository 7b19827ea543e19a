"""The engine room: handlers, exceptions, signals."""
