"""The form that asks for a report to be made again: every field one choice, none that depends on another."""

from collections.abc import Sequence
from datetime import time
from typing import Any, Final, cast
from uuid import UUID

from django import forms

from publicc.dashboards.filters import Choice
from publicc.dashboards.responses import lang
from publicc.kernel.formats import clock
from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.reports.custom.blocks import CUSTOM
from publicc.reports.kinds import KINDS
from publicc.reports.making import FORMS
from publicc.reports.models import CustomReport, Schedule
from publicc.reports.names import LANGUAGE_NAMES
from publicc.reports.recurring.schedules import LINK_DAYS, Asked
from publicc.reports.recurring.times import HOURS, WEEKDAYS, Every, Over, Rule

_WEEKDAYS: Final = (
    Text("chaque lundi", "every Monday"),
    Text("chaque mardi", "every Tuesday"),
    Text("chaque mercredi", "every Wednesday"),
    Text("chaque jeudi", "every Thursday"),
    Text("chaque vendredi", "every Friday"),
    Text("chaque samedi", "every Saturday"),
    Text("chaque dimanche", "every Sunday"),
)
_LAST: Final = 31
_ACCOUNT: Final = "ACCOUNT"
_LABELS: Final = {
    "kind": Text("Rapport", "Report"),
    "show": Text("Spectacle", "Show"),
    "over": Text("Ce qu'il raconte", "What it tells"),
    "when": Text("Quand", "When"),
    "hour": Text("À quelle heure", "At what time"),
    "form": Text("Forme", "Form"),
    "language": Text("Langue", "Language"),
    "emails": Text("Destinataires", "Recipients"),
    "opens": Text("Qui ouvre le lien", "Who opens the link"),
}
_HELP: Final = {
    "show": Text("Pour le bilan de spectacle seulement.", "For the show review only."),
    "emails": Text(
        "Une adresse par ligne. Le courriel ne contient aucun chiffre, seulement un lien.",
        "One address a line. The e-mail holds no figure, only a link.",
    ),
    "hour": Text("Celle de votre organisme, été comme hiver.", "Your organization's, summer and winter."),
}
_WRONG: Final = Text("Choisir dans la liste.", "Choose in the list.")
_NOBODY: Final = Text("Écrire au moins une adresse.", "Write at least one address.")


def when_words(rule: Rule) -> Text:
    """When, as a sentence would say it: « chaque lundi », « le 5 du mois »."""
    if rule.every is Every.WEEK:
        return _WEEKDAYS[rule.day - 1]
    if rule.every is Every.MONTH:
        if rule.day == _LAST:
            return Text("le dernier jour du mois", "the last day of the month")
        return Text(f"le {'1er' if rule.day == 1 else rule.day} du mois", f"day {rule.day} of the month")
    if rule.every is Every.DEPOSIT:
        return Text("après chaque dépôt", "after each deposit")
    return Text("à la fin de la saison", "at the end of the season")


def _when_choices() -> list[Rule]:
    weeks = [Rule(Every.WEEK, day) for day in WEEKDAYS]
    months = [Rule(Every.MONTH, day) for day in (*range(1, 29), _LAST)]
    return [*months, *weeks, Rule(Every.SEASON), Rule(Every.DEPOSIT)]


def _key(rule: Rule) -> str:
    return f"{rule.every.value}-{rule.day}" if rule.every in {Every.WEEK, Every.MONTH} else rule.every.value


class ScheduleForm(forms.Form):
    """Which report, over what, when, in which form, for whom; labels and errors in the language of the page."""

    kind = forms.ChoiceField()
    show = forms.ChoiceField(required=False)
    over = forms.ChoiceField()
    when = forms.ChoiceField()
    hour = forms.TypedChoiceField(coerce=int, initial=7)
    form = forms.ChoiceField()
    language = forms.ChoiceField()
    emails = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))
    opens = forms.ChoiceField()

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - what was posted
        *,
        shows: tuple[Choice, ...],
        links: bool,
        reports: Sequence[CustomReport] = (),
        initial: dict[str, object] | None = None,
    ) -> None:
        """`shows`: that a review may be about; `links`: whether open links may be sent; `reports`: composed ones."""
        super().__init__(data, initial=initial, auto_id="schedule-%s")
        said: Lang = lang()
        days = [
            (str(n), Text("Quiconque a le lien, pendant {n} jours", "Whoever has the link, for {n} days"))
            for n in LINK_DAYS
        ]
        account = (
            _ACCOUNT,
            Text("Une personne de l'organisme, par son compte", "Someone of the organization, by their account"),
        )
        whole = Text("aucun en particulier", "none in particular")
        choices: dict[str, list[tuple[str, str]]] = {
            "kind": [
                *((one.id, one.title.said(said)) for one in KINDS.values() if not one.about_survey),
                *((f"{CUSTOM}:{one.pk}", one.name) for one in reports),
            ],
            "show": [("", whole.said(said)), *((one.value, one.label.said(said)) for one in shows)],
            "over": [(one.value, one.label.said(said)) for one in Over],
            "when": [(_key(one), _capital(when_words(one).said(said))) for one in _when_choices()],
            "hour": [(str(one), clock(time(one), said)) for one in HOURS],
            "form": [(name, one.label.said(said)) for name, one in FORMS.items()],
            "language": [(one, _capital(LANGUAGE_NAMES[one].said(said))) for one in LANGUAGES],
            "opens": [(value, words.said(said, n=value)) for value, words in (account, *(days if links else ()))],
        }
        for name, field in self.fields.items():
            field.label = _LABELS[name].said(said)
            field.help_text = _HELP[name].said(said) if name in _HELP else ""
            field.error_messages |= {"required": _WRONG.said(said), "invalid_choice": _WRONG.said(said)}
            if name in choices:
                field.choices = choices[name]  # type: ignore[attr-defined]
        self.fields["emails"].error_messages["required"] = _NOBODY.said(said)

    def asked(self) -> Asked:
        """What was asked, once the form is valid."""
        given = self.cleaned_data
        every, _, day = given["when"].partition("-")
        opens = given["opens"]
        return Asked(
            kind=given["kind"].partition(":")[0],
            form=given["form"],
            lang=cast("Lang", given["language"]),
            rule=Rule(Every(every), int(day or 1), given["hour"]),
            over=Over(given["over"]),
            emails=given["emails"].replace(",", "\n").replace(";", "\n").splitlines(),
            needs_account=opens == _ACCOUNT,
            link_days=14 if opens == _ACCOUNT else int(opens),
            show=given["show"] if given["kind"] in KINDS and KINDS[given["kind"]].about_show else "",
            custom=UUID(given["kind"].partition(":")[2]) if given["kind"].startswith(CUSTOM) else None,
        )


def held_by(schedule: Schedule) -> dict[str, object]:
    """What a schedule asks, as the form shows it."""
    return {
        "kind": f"{CUSTOM}:{schedule.custom_id}" if schedule.custom_id else schedule.kind,
        "show": schedule.show,
        "over": schedule.over,
        "when": _key(schedule.rule),
        "hour": schedule.hour,
        "form": schedule.form,
        "language": schedule.lang,
        "emails": "\n".join(one.email for one in schedule.recipients.all()),
        "opens": _ACCOUNT if schedule.needs_account else str(schedule.link_days),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
