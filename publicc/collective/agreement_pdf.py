"""A signed agreement as PDF: the same bytes for the same signature. Its fonts travel with Typst."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from publicc.collective.agreement_text import AgreementText
from publicc.kernel.text import Lang, Text

_TEMPLATE: Final = Path(__file__).with_name("agreement.typ")
_PARTIES: Final = Text("Entre {name} et le pôle du collectif.", "Between {name} and the collective's hub.")
_SIGNATURE: Final = Text("Signature", "Signature")
_FOOTER: Final = Text("Version {v}, empreinte {d}", "Version {v}, digest {d}")


def agreement_pdf(text: AgreementText, organization: str, signature: list[tuple[Text, str]], lang: Lang) -> bytes:
    """The agreement as signed: its words, then who signed, when and under which digest."""
    told = {
        "lang": lang,
        "title": text.title.said(lang),
        "parties": _PARTIES.said(lang, name=organization),
        "articles": [{"title": title.said(lang), "words": words.said(lang)} for title, words in text.articles],
        "signature_title": _SIGNATURE.said(lang),
        "signature": [[name.said(lang), value] for name, value in signature],
        "footer": _FOOTER.said(lang, v=text.version, d=text.digest[:16]),
    }
    sources = {"main.typ": _TEMPLATE.read_bytes(), "data.json": json.dumps(told, ensure_ascii=False).encode()}
    pdf = typst.compile(sources, format="pdf", font_paths=_fonts(), timestamp=0)
    return bytes(pdf)


@cache
def _fonts() -> Any:  # noqa: ANN401 - typst's own
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
