"""Forms of a request: writing it down, and what a person says of themselves."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from publicc.collective.person_rights import RequestKind, Verified
from publicc.harmonise.persons.actions import Asker
from publicc.intake.persons.finding import Sought
from publicc.kernel.text import Text, language
from publicc.kernel.vocabulary import Term


def _said(fr: str, en: str) -> Any:  # noqa: ANN401 - a string made when it is drawn
    return lazy(lambda: Text(fr, en).said(language(get_language())), str)()


def _choices(terms: type[Term]) -> list[tuple[str, Any]]:
    return [(term.value, _said(term.label.fr, term.label.en)) for term in terms]


def _text(fr: str, en: str, *, required: bool = False, longest: int = 200, **more: Any) -> forms.CharField:  # noqa: ANN401
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=_said(fr, en), required=required, max_length=longest, **{"widget": widget, **more})


class RegisterForm(forms.Form):
    """A request as it came: by letter, e-mail, telephone or at the counter."""

    kind = forms.ChoiceField(label=_said("Ce qui est demandé", "What is asked"), choices=lambda: _choices(RequestKind))
    received_on = forms.DateField(
        label=_said("Reçue le", "Received on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_said("Les 30 jours courent de ce jour.", "The 30 days run from that day."),
    )
    name = _text("Nom de la personne", "Name of the person", required=True)
    contact = _text("Où lui répondre", "Where to answer them", required=True)
    words = _text(
        "Ce qu'elle écrit", "What they write", longest=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_said("Gardé scellé, comme son nom.", "Kept sealed, like their name."),
    )  # fmt: skip
    verified = forms.ChoiceField(
        label=_said("Comment vous avez vérifié qui demande", "How you verified who asks"),
        choices=lambda: _choices(Verified),
    )

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return Asker(*(self.cleaned_data[name] for name in ("name", "contact", "words")))


class SearchForm(forms.Form):
    """What the person says of themselves; every field that is filled must agree."""

    name = _text("Nom, prénom", "Name")
    email = _text("Courriel", "E-mail")
    phone = _text("Téléphone", "Telephone")
    postal_code = _text("Code postal", "Postal code", longest=12)
    code = _text("Numéro de client", "Customer number")

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        return Sought(**self.cleaned_data)
