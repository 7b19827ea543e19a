"""How much a client may send: the settings ``DATA_UPLOAD_MAX_...`` (``django.http``)."""

from minidjango.conf import settings
from minidjango.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent

LIMITS = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": (RequestDataTooBig, "Request body"),
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": (TooManyFieldsSent, "The number of GET/POST parameters"),
    "DATA_UPLOAD_MAX_NUMBER_FILES": (TooManyFilesSent, "The number of files"),
}


def check_limit(setting: str, found: int) -> None:
    """Raise the setting's exception when there is more than it allows; None allows all."""
    most = getattr(settings, setting)
    if most is not None and found > most:
        error, what = LIMITS[setting]
        raise error(f"{what} exceeded settings.{setting}.")
