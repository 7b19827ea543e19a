"""The moments of a request that others may listen to (``django.core.signals``)."""

from minidjango.dispatch import Signal

request_started = Signal()
request_finished = Signal()
got_request_exception = Signal()
setting_changed = Signal()
