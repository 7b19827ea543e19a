"""Signals: a sender that does not know who listens (``django.dispatch``)."""

import logging
import threading
import weakref
from collections.abc import Callable, Hashable
from typing import Any

from minidjango.conf import settings

Receiver = Callable[..., Any]
Key = tuple[Hashable, Hashable]
Entry = tuple[Key, Callable[[], Receiver | None]]

logger = logging.getLogger("minidjango.dispatch")


def _identity(target: Any) -> Hashable:
    """What tells one receiver or sender from another; a method is its object and its function."""
    if hasattr(target, "__func__"):
        return (id(target.__self__), id(target.__func__))
    return id(target)


_ANY_SENDER = _identity(None)


class Signal:
    """Receivers are called in the order in which they connected."""

    def __init__(self, use_caching: bool = False) -> None:
        # Django caches receivers by sender on demand; a short list that is walked needs no cache.
        self.use_caching = use_caching
        self.receivers: list[Entry] = []  # replaced, never changed, for those who are walking it
        self.lock = threading.Lock()

    def connect(
        self,
        receiver: Receiver,
        sender: Any = None,
        weak: bool = True,
        dispatch_uid: Hashable | None = None,
    ) -> None:
        """Call ``receiver(signal=..., sender=..., **named)`` from now on.

        Args:
            receiver: a function or bound method that takes keyword arguments.
            sender: listen to this sender only; None is any.
            weak: do not keep the receiver alive.
            dispatch_uid: connecting again with the same one changes nothing.

        While ``DEBUG`` is on, raises TypeError or ValueError for what could not be called so.
        """
        if settings.configured and settings.DEBUG:
            _check(receiver)
        key = self._key(receiver, sender, dispatch_uid)
        entry = (key, self._reference(receiver, weak))
        with self.lock:
            self._forget_the_dead()
            if not any(old[0] == key for old in self.receivers):
                self.receivers = [*self.receivers, entry]

    def disconnect(
        self,
        receiver: Receiver | None = None,
        sender: Any = None,
        dispatch_uid: Hashable | None = None,
    ) -> bool:
        """Stop calling a receiver; return whether it was connected."""
        key = self._key(receiver, sender, dispatch_uid)
        with self.lock:
            self._forget_the_dead()
            remaining = [entry for entry in self.receivers if entry[0] != key]
            found = len(remaining) < len(self.receivers)
            self.receivers = remaining
        return found

    def has_listeners(self, sender: Any = None) -> bool:
        """Whether anybody would be called for this sender."""
        return bool(self._live_receivers(sender))

    def send(self, sender: Any, **named: Any) -> list[tuple[Receiver, Any]]:
        """Call the receivers and return ``[(receiver, what it returned), ...]``.

        An error of a receiver ends the round and goes to whoever sent.
        """
        if not self.receivers:
            return []
        return [
            (receiver, receiver(signal=self, sender=sender, **named))
            for receiver in self._live_receivers(sender)
        ]

    def send_robust(self, sender: Any, **named: Any) -> list[tuple[Receiver, Any]]:
        """Like `send`, but an exception is logged and returned in place of a result."""
        answers: list[tuple[Receiver, Any]] = []
        for receiver in self._live_receivers(sender):
            try:
                answer = receiver(signal=self, sender=sender, **named)
            except Exception as error:
                message = "Error calling %s in Signal.send_robust() (%s)"
                logger.error(message, receiver.__qualname__, error, exc_info=error)
                answer = error
            answers.append((receiver, answer))
        return answers

    def _live_receivers(self, sender: Any) -> list[Receiver]:
        """Return who listens to this sender."""
        living, all_live = [], True
        for (_, listens_to), reference in self.receivers:
            receiver = reference()
            if receiver is None:
                all_live = False
            elif listens_to == _ANY_SENDER or listens_to == _identity(sender):
                living.append(receiver)
        if not all_live:
            with self.lock:
                self._forget_the_dead()
        return living

    def _forget_the_dead(self) -> None:
        """Drop receivers of which only the weak reference is left. The lock must be held."""
        self.receivers = [entry for entry in self.receivers if entry[1]() is not None]

    @staticmethod
    def _key(receiver: Receiver | None, sender: Any, dispatch_uid: Hashable | None) -> Key:
        return (dispatch_uid or _identity(receiver), _identity(sender))

    @staticmethod
    def _reference(receiver: Receiver, weak: bool) -> Callable[[], Receiver | None]:
        if not weak:
            return lambda: receiver
        if hasattr(receiver, "__self__") and hasattr(receiver, "__func__"):
            return weakref.WeakMethod(receiver)
        return weakref.ref(receiver)


def _check(receiver: Any) -> None:
    if not callable(receiver):
        raise TypeError("Signal receivers must be callable.")
    from inspect import Parameter, signature  # late: for developers only

    kinds = {parameter.kind for parameter in signature(receiver).parameters.values()}
    if Parameter.VAR_KEYWORD not in kinds:
        raise ValueError("Signal receivers must accept keyword arguments (**kwargs).")


def receiver(signal: Signal | list[Signal], **kwargs: Any) -> Callable[[Receiver], Receiver]:
    """Decorate a function to connect it to one signal or several."""
    signals = signal if isinstance(signal, list | tuple) else [signal]

    def decorator(function: Receiver) -> Receiver:
        for each in signals:
            each.connect(function, **kwargs)
        return function

    return decorator
