"""The form of what the hub keeps of the way with one organization."""

from typing import ClassVar

from django import forms

from publicc.collective.forms import choices_said, words_said
from publicc.collective.models import Accompaniment
from publicc.collective.workspace.words import Integration


class AccompanimentForm(forms.ModelForm[Accompaniment]):
    """Need reworded, issues targeted, integration, next step."""

    integration = forms.ChoiceField(
        choices=lambda: choices_said(Integration), label=words_said("État de l'intégration", "State of integration")
    )

    class Meta:
        model = Accompaniment
        fields: ClassVar[list[str]] = ["need", "issues", "integration", "next_step"]
        labels: ClassVar[dict[str, str]] = {
            "need": words_said("Besoin d'affaires, reformulé avec l'organisme", "Business need, reworded with it"),
            "issues": words_said("Enjeux visés", "Issues targeted"),
            "next_step": words_said("Prochaine étape convenue", "Next step agreed"),
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "need": forms.Textarea(attrs={"rows": 4}),
            "issues": forms.Textarea(attrs={"rows": 3}),
        }
