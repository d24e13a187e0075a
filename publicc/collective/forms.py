"""Forms of the collective: applying, judging, opening a round, signing, inviting."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language

from publicc.collective.invitations import INVITED
from publicc.collective.models import Application, Round
from publicc.collective.purposes import Speed
from publicc.kernel.text import Text, language
from publicc.kernel.vocabulary import Term


def words_said(fr: str, en: str) -> Any:  # noqa: ANN401 - a string made when it is drawn
    """A text that is said in the language of the page when it is drawn."""
    return lazy(lambda: Text(fr, en).said(language(get_language())), str)()


def choices_said(terms: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - an enumeration or some of it
    """The choices of a list, each in the language of the page."""
    return [(term.value, words_said(term.label.fr, term.label.en)) for term in terms if isinstance(term, Term)]


class ApplicationForm(forms.ModelForm[Application]):
    """What an organization tells when it asks to join, with the evidence of the two criteria."""

    speed = forms.ChoiceField(
        choices=lambda: choices_said(Speed),
        label=words_said("Ce que vous apporteriez d'abord", "What you would bring first"),
        help_text=words_said(
            "On peut commencer par peu, et aller plus loin.", "One may begin with little, and go further."
        ),
    )
    policy_url = forms.URLField(
        max_length=400,
        assume_scheme="https",
        label=words_said("Adresse de votre politique de confidentialité", "Address of your privacy policy"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    """Left empty by people: programs that fill in everything are turned away."""

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = [
            "name", "contact", "email", "territory", "system", "speed", "seasons", "policy_url", "policy_quote", "need",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": words_said("Nom de l'organisme", "Name of the organization"),
            "contact": words_said("Votre nom et votre titre", "Your name and title"),
            "email": words_said("Votre courriel", "Your e-mail"),
            "territory": words_said("Où vous travaillez", "Where you work"),
            "system": words_said("Votre billetterie", "Your ticketing system"),
            "seasons": words_said("Saisons complètes d'historique", "Full seasons of history"),
            "policy_quote": words_said(
                "La phrase qui y nomme l'amélioration des services, la statistique ou l'analyse de tendances",
                "The sentence in it that names service improvement, statistics or trend analysis",
            ),
            "need": words_said("La question à laquelle vous voulez répondre", "The question you want answered"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "seasons": words_said(
                "Deux au moins : sans elles, rien ne se compare.", "Two at least: without them, nothing compares."
            ),
            "policy_quote": words_said(
                "Recopiée telle quelle, en usage au moment de la collecte.",
                "Copied as it is, in use when data was collected.",
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "need": forms.Textarea(attrs={"rows": 4}),
            "policy_quote": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_website(self) -> str:
        """Refuse what a person cannot have filled in."""
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(words_said("Laisser ce champ vide.", "Leave this field empty."))
        return ""


class JudgementForm(forms.Form):
    """The two criteria, each with why."""

    policy_holds = forms.BooleanField(
        required=False,
        label=words_said(
            "La politique nomme l'amélioration, la statistique ou les tendances",
            "The policy names improvement, statistics or trends",
        ),
    )
    policy_note = forms.CharField(
        max_length=400, label=words_said("Ce qui a été lu, et quand", "What was read, and when")
    )
    data_holds = forms.BooleanField(
        required=False,
        label=words_said(
            "Les données suffisent : deux saisons, colonnes nécessaires",
            "The data suffices: two seasons, the columns needed",
        ),
    )
    data_note = forms.CharField(
        max_length=400, label=words_said("Ce qui a été vu de l'export", "What was seen of the export")
    )


class RoundForm(forms.ModelForm[Round]):
    """An onboarding round."""

    class Meta:
        model = Round
        fields: ClassVar[list[str]] = ["name", "begins_on", "places"]
        labels: ClassVar[dict[str, Any]] = {
            "name": words_said("Nom de la cohorte", "Name of the round"),
            "begins_on": words_said("Début", "Beginning"),
            "places": words_said("Places", "Places"),
        }
        widgets: ClassVar[dict[str, Any]] = {"begins_on": forms.DateInput(attrs={"type": "date"})}


class SignatureForm(forms.Form):
    """What the director states when they sign."""

    signatory = forms.CharField(max_length=120, label=words_said("Votre nom", "Your name"))
    title = forms.CharField(max_length=120, label=words_said("Votre titre", "Your title"))
    speed = forms.ChoiceField(
        choices=lambda: choices_said(Speed), label=words_said("Ce que vous apportez", "What you bring")
    )
    authorized = forms.BooleanField(
        label=words_said(
            "J'ai lu l'entente, et j'ai le pouvoir d'engager l'organisme.",
            "I have read the agreement, and I have authority to commit the organization.",
        )
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class InvitationForm(forms.Form):
    """Who to invite, and as what."""

    email = forms.EmailField(label=words_said("Courriel", "E-mail"))
    role = forms.ChoiceField(choices=lambda: choices_said(INVITED), label=words_said("Rôle", "Role"))
