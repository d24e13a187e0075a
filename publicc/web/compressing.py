"""Pages leave compressed when the reader's browser can read them so: a screen weighs a sixth of its markup.

Django's own middleware adds a name of chance length to each answer, so that the size of what is compressed tells
nothing of the secrets in it (BREACH). Files that are compressed already (PDF, XLSX, pictures, archives) leave as they
are, and so does what is sent piece by piece. Static files are compressed once, when collected (WhiteNoise).
"""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS: Final = ("text/", "application/json", "application/problem+json", "application/ld+json", "image/svg+xml")


class CompressedText(GZipMiddleware):
    """Compress answers that are text."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed when it is text, of some length, and the browser accepts it."""
        if response.streaming or not response.get("Content-Type", "").startswith(_TEXTS):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
