"""What a link received by e-mail opens, without an account: the report, or asking for no more of them.

No page of the site is reached from here, and nothing tells whether an address ever existed: a link that is forged,
expired or revoked is the page that does not exist.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from publicc.kernel.text import language
from publicc.reports.downloads import as_download
from publicc.reports.recurring import sending
from publicc.reports.recurring.editions import file_of


@require_safe
def sent_report(request: HttpRequest, token: str) -> HttpResponse:
    """Whose report it is, of what, until when the link holds, and the button that takes the file."""
    told = sending.opened_by(token)
    return _closed(render(request, "reports/sent.html", {"sending": told, "edition": told.edition, "token": token}))


@require_safe
def sent_report_file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - the link says it all
    """The file itself."""
    told = sending.opened_by(token)
    made = file_of(told.edition, told.edition.form, language(told.edition.lang))
    sending.note_opened(told)
    return _closed(as_download(made))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_report(request: HttpRequest, token: str) -> HttpResponse:
    """Receive it no more: asked first, done on posting (one click for mail programs)."""
    told = sending.stopped_by(token)
    if request.method == "POST":
        sending.stop(told)
    page = {"edition": told.edition, "stopped": request.method == "POST"}
    return _closed(render(request, "reports/stopped.html", page))


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
