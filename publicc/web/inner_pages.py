"""What pages reached from another one are called, where the trail tells that they were seen."""

from typing import Final

from publicc.kernel.text import Text

_CHART: Final = Text("Graphique", "Chart")
_PICTURE: Final = Text("Image d'un graphique", "Picture of a chart")
_TABLE: Final = Text("Tableau", "Table")

INNER_PAGES: Final[dict[str, Text]] = {
    "chart": _CHART,
    "picture": _PICTURE,
    "table": _TABLE,
    "quality_chart": Text("Qualité : graphique", "Quality: chart"),
    "quality_picture": Text("Qualité : image d'un graphique", "Quality: picture of a chart"),
    "quality_table": Text("Qualité : tableau", "Quality: table"),
    "portrait_chart": Text("Portrait collectif : graphique", "Collective portrait: chart"),
    "portrait_picture": Text("Portrait collectif : image d'un graphique", "Collective portrait: picture of a chart"),
    "portrait_table": Text("Portrait collectif : tableau", "Collective portrait: table"),
    "shared_chart": Text("Spectacle partagé : graphique", "Shared show: chart"),
    "shared_picture": Text("Spectacle partagé : image d'un graphique", "Shared show: picture of a chart"),
    "shared_table": Text("Spectacle partagé : tableau", "Shared show: table"),
    "preview_chart": Text("Aperçu d'un partage : graphique", "Preview of a share: chart"),
    "calendar_table": Text("Calendrier : tableau", "Calendar: table"),
    "survey_table": Text("Sondage : tableau", "Survey: table"),
    "deposit": Text("Un dépôt", "A deposit"),
    "deposit_progress": Text("Avancement d'un dépôt", "Progress of a deposit"),
    "deposit_template": Text("Modèle de fichier à déposer", "Template of a file to deposit"),
    "directory_label": Text("Répertoire : un libellé", "Directory: a label"),
    "directory_entry": Text("Répertoire : une fiche commune", "Directory: a common entry"),
    "plans_file": Text("Dates prévues : fichier", "Planned dates: file"),
    "report_style": Text("Allure des rapports", "Look of reports"),
    "custom_reports": Text("Rapports sur mesure", "Custom reports"),
    "custom_report": Text("Un rapport sur mesure", "A custom report"),
    "preview_custom_report": Text("Aperçu d'un rapport sur mesure", "Preview of a custom report"),
    "report_schedules": Text("Rapports réguliers", "Recurring reports"),
    "new_report_schedule": Text("Nouveau rapport régulier", "New recurring report"),
    "report_schedule": Text("Un rapport régulier", "A recurring report"),
    "report_edition": Text("Une édition d'un rapport régulier", "An edition of a recurring report"),
    "sensitivity": Text("Sensibilité des chiffres aux seuils", "Sensitivity of figures to thresholds"),
    "review_pair": Text("Une paire de fiches à réviser", "A pair of records to review"),
    "person_request": Text("La demande d'une personne", "The request of a person"),
    "project": Text("Un espace de travail", "A workspace"),
    "project_part": Text("Espace de travail : une partie", "Workspace: a part"),
    "groups": Text("Groupes de comparaison", "Comparison groups"),
    "processing_register": Text("Registre des traitements", "Processing register"),
    "leaving": Text("Quitter le collectif", "Leaving the collective"),
    "register_certificate": Text("Certificat d'une publication", "Certificate of a release"),
    "survey": Text("Un sondage", "A survey"),
    "survey_results": Text("Résultats d'un sondage", "Results of a survey"),
    "survey_answers": Text("Réponses apportées d'un sondage", "Answers brought to a survey"),
    "survey_links": Text("Liens d'un sondage", "Links of a survey"),
    "preview_survey": Text("Aperçu d'un sondage", "Preview of a survey"),
    "choose_show": Text("Choisir un spectacle à demander", "Choose a show to ask for"),
    "ask_show": Text("Demander un spectacle", "Ask for a show"),
    "show_request": Text("Une demande de spectacle", "A request for a show"),
    "shared_show": Text("Un spectacle partagé", "A shared show"),
    "standing": Text("Ententes de tournée", "Tour agreements"),
    "segment_buyers": Text("Acheteurs d'un segment", "Buyers of a segment"),
    "profile": Text("Profil d'un segment", "Profile of a segment"),
    "connections": Text("Connexions", "Connections"),
    "note": Text("Une note", "A note"),
    "limits": Text("Limites des territoires", "Limits of territories"),
}
"""Name of a route → what the trail calls it."""
