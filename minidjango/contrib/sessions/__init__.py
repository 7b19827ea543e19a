"""What is remembered about a visitor from request to request (``django.contrib.sessions``)."""
