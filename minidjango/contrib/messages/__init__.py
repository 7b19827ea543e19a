"""A word to the visitor, said once, perhaps on the next page (``django.contrib.messages``)."""

from minidjango.contrib.messages.api import *  # noqa: F403 - all of it, as in Django
from minidjango.contrib.messages.constants import *  # noqa: F403
from minidjango.contrib.messages.storage.base import Message as Message
