"""From a level to its tag (``django.contrib.messages.utils``)."""

from minidjango.conf import settings
from minidjango.contrib.messages import constants


def get_level_tags() -> dict[int, str]:
    """Return the tag of each level: the defaults, overlaid with ``settings.MESSAGE_TAGS``."""
    return {**constants.DEFAULT_TAGS, **getattr(settings, "MESSAGE_TAGS", {})}
