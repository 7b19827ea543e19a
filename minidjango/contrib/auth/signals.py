"""Who came and went (``django.contrib.auth.signals``)."""

from minidjango.dispatch import Signal

user_logged_in = Signal()
user_login_failed = Signal()
user_logged_out = Signal()
