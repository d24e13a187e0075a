"""A report as an answer that is saved, not opened in the page."""

from django.http import HttpResponse

from publicc.reports.making import Made


def as_download(made: Made) -> HttpResponse:
    """The file, under its own name."""
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"', "X-Content-Type-Options": "nosniff"},
    )
