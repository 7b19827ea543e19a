"""The layers that come with the framework, one to a file (``django.middleware``)."""
