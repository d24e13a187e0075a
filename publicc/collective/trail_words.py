"""What each action of the trail is, in words. An action without its words here fails a test."""

from dataclasses import dataclass
from typing import Final

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term


class Deed(Term):
    """The kinds of things that a trail tells."""

    SAW = "SAW", "Consulté", "Seen"
    EXPORTED = "EXPORTED", "Téléchargé", "Exported"
    CHANGED = "CHANGED", "Changé", "Changed"
    GRANTED = "GRANTED", "Droit accordé ou retiré", "Right granted or withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """An action, as a person reads it."""

    deed: Deed
    words: Text


def _saw(fr: str, en: str) -> Told:
    return Told(Deed.SAW, Text(fr, en))


def _exported(fr: str, en: str) -> Told:
    return Told(Deed.EXPORTED, Text(fr, en))


def _changed(fr: str, en: str) -> Told:
    return Told(Deed.CHANGED, Text(fr, en))


def _granted(fr: str, en: str) -> Told:
    return Told(Deed.GRANTED, Text(fr, en))


WORDS: Final[dict[str, Told]] = {
    "see_page": _saw("A consulté une page", "Saw a page"),
    "view_evidence": _saw("A vu une paire de fiches, sans les noms", "Saw a pair of records, without names"),
    "view_identities": _saw("A vu deux fiches en clair", "Saw two records in clear"),
    "export_table": _exported("A téléchargé un tableau", "Downloaded a table"),
    "make_report": _exported("A fait un rapport", "Made a report"),
    "compose_report": _changed("A composé un rapport", "Composed a report"),
    "remove_composed_report": _changed("A retiré un rapport sur mesure", "Removed a custom report"),
    "restore_composed_report": _changed("A rétabli un rapport sur mesure", "Put a custom report back"),
    "schedule_report": _changed("A demandé un rapport régulier", "Asked for a recurring report"),
    "pause_report": _changed("A mis en pause un rapport régulier", "Paused a recurring report"),
    "resume_report": _changed("A repris un rapport régulier", "Resumed a recurring report"),
    "remove_report_schedule": _changed("A retiré un rapport régulier", "Removed a recurring report"),
    "restore_report_schedule": _changed("A rétabli un rapport régulier", "Put a recurring report back"),
    "send_report": _exported("Un rapport régulier est parti par courriel", "A recurring report left by e-mail"),
    "open_sent_report": _exported(
        "Un rapport reçu par courriel a été ouvert", "A report received by e-mail was opened"
    ),
    "stop_report": _changed("Un destinataire ne veut plus d'un rapport", "A recipient wants a report no more"),
    "revoke_report_links": _granted("A fermé les liens d'un rapport", "Closed the links of a report"),
    "export_own_data": _exported(
        "A téléchargé toutes les données de l'organisme", "Downloaded all of the organization's data"
    ),
    "export_segment_buyers": _exported(
        "A téléchargé les courriels des acheteurs d'un segment", "Downloaded the e-mails of a segment's buyers"
    ),
    "export_refused_rows": _exported("A téléchargé les lignes refusées", "Downloaded the refused rows"),
    "export_agreement": _exported("A téléchargé l'entente signée", "Downloaded the signed agreement"),
    "run_retention": _changed("Délais de conservation appliqués", "Retention times applied"),
    "record_incident": _changed("A inscrit un incident", "Recorded an incident"),
    "add_incident_step": _changed("A noté la suite d'un incident", "Noted what followed an incident"),
    "export_incident": _exported("A tiré l'avis d'un incident", "Took the notice of an incident"),
    "export_register": _exported("A téléchargé un registre de vie privée", "Downloaded a privacy register"),
    "ask_departure": _granted("A demandé le départ de l'organisme", "Asked for the organization's exit"),
    "take_back_departure": _granted("A repris la demande de départ", "Took the request to leave back"),
    "carry_out_departure": _changed("A lancé un départ", "Started an exit"),
    "prove_departure": _changed("Départ fait, preuve signée", "Exit done, proof signed"),
    "export_proof": _exported("A téléchargé la preuve d'un départ", "Downloaded the proof of an exit"),
    "register_request": _changed("A inscrit la demande d'une personne", "Wrote a person's request down"),
    "search_person": _saw("A cherché une personne dans le coffre", "Looked for a person in the vault"),
    "choose_records": _changed("A retenu les fiches d'une personne", "Chose the records of a person"),
    "answer_person": _exported("A tiré la réponse à une personne", "Took the answer to a person"),
    "erase_person": _changed("A effacé une personne du coffre", "Erased a person from the vault"),
    "withdraw_person": _changed("A retiré une personne du portrait commun", "Took a person out of the common snapshot"),
    "rectify_person": _changed("A corrigé les fiches d'une personne", "Corrected the records of a person"),
    "close_request": _changed("A fermé la demande d'une personne", "Closed a person's request"),
    "apply": _changed("Un organisme a demandé à se joindre", "An organization asked to join"),
    "judge_application": _changed("A jugé des critères d'une demande", "Judged the criteria of an application"),
    "select_application": _changed("A retenu une demande", "Selected an application"),
    "decline_application": _changed("A décliné une demande", "Declined an application"),
    "open_round": _changed("A ouvert une cohorte", "Opened a round"),
    "build_release": _changed("A construit une publication", "Built a release"),
    "approve_release": _granted("A approuvé une publication", "Approved a release"),
    "publish_release": _granted("A mis une publication en vigueur", "Put a release in force"),
    "withdraw_release": _granted("A retiré une publication", "Withdrew a release"),
    "open_project": _changed("A ouvert un projet", "Opened a project"),
    "close_project": _changed("A clos un projet", "Closed a project"),
    "join_project": _granted("L'organisme participe à un projet", "The organization takes part in a project"),
    "leave_project": _granted("L'organisme ne participe plus à un projet", "The organization left a project"),
    "write_part": _changed("A écrit une partie d'un projet", "Wrote a part of a project"),
    "undo_part": _changed("A repris une version d'un projet", "Took up an earlier version of a project"),
    "add_project_file": _changed("A déposé un fichier de projet", "Brought a file to a project"),
    "remove_project_file": _changed("A retiré un fichier de projet", "Removed a file of a project"),
    "export_project_file": _exported("A téléchargé un fichier de projet", "Downloaded a file of a project"),
    "make_document": _changed("A réuni un document de référence", "Gathered a reference document"),
    "export_document": _exported("A téléchargé un document de référence", "Downloaded a reference document"),
    "approve_document": _granted("A approuvé un document de référence", "Approved a reference document"),
    "accompany": _changed("Le pôle a noté où en est l'accompagnement", "The hub noted where the accompaniment stands"),
    "ask_group": _changed("A demandé un groupe de comparaison", "Asked for a comparison group"),
    "withdraw_group": _changed("A retiré un groupe de comparaison", "Withdrew a comparison group"),
    "allow_group": _granted("Le pôle a permis un groupe de comparaison", "The hub allowed a comparison group"),
    "refuse_group": _granted("Le pôle a refusé un groupe de comparaison", "The hub refused a comparison group"),
    "set_legal_group": _changed("Le pôle a noté le groupe juridique", "The hub noted the legal group"),
    "train_segments": _changed("A fait apprendre la segmentation", "Trained the segmentation"),
    "name_segments": _changed("A nommé des profils", "Named profiles"),
    "undo_segment_names": _changed("A repris des noms de profils", "Took names of profiles back"),
    "publish_segments": _granted("A mis une segmentation en vigueur", "Put a segmentation in force"),
    "create_organization": _changed("A créé l'organisme", "Created the organization"),
    "describe_organization": _changed("A décrit l'organisme", "Described the organization"),
    "close_organization": _changed("A fermé l'organisme", "Closed the organization"),
    "choose_report_style": _changed(
        "A choisi le logo ou la couleur des rapports", "Chose the logo or colour of reports"
    ),
    "make_token": _granted("A fait un jeton d'accès pour un programme", "Made an access token for a program"),
    "revoke_token": _granted("A révoqué un jeton d'accès", "Revoked an access token"),
    "add_webhook": _granted("A demandé qu'une adresse soit avertie", "Asked that an address be told"),
    "remove_webhook": _granted("A retiré une adresse avertie", "Removed an address that was told"),
    "open_calendar_feed": _granted("A ouvert une adresse de calendrier", "Opened a calendar address"),
    "close_calendar_feed": _granted("A fermé une adresse de calendrier", "Closed a calendar address"),
    "bring_files": _changed("A apporté des fichiers", "Brought files"),
    "confirm_deposit": _changed("A confirmé un dépôt", "Confirmed a deposit"),
    "abandon_deposit": _changed("A abandonné un dépôt", "Abandoned a deposit"),
    "undo_deposit": _changed("A annulé un dépôt", "Undid a deposit"),
    "purge_deposit": _changed("Dépôt jamais confirmé, effacé", "Deposit never confirmed, erased"),
    "set_breaks": _changed("A changé la table des fériés et congés", "Changed the table of holidays and breaks"),
    "export_dates": _exported("A téléchargé ses dates prévues", "Downloaded their planned dates"),
    "undo_dates": _changed("A repris un changement de dates prévues", "Took a change of planned dates back"),
    "plan_dates": _changed("A noté des dates prévues", "Entered planned dates"),
    "open_dates": _granted("A changé l'ouverture de dates prévues", "Changed how open planned dates are"),
    "remove_dates": _changed("A retiré des dates prévues", "Removed planned dates"),
    "create_survey": _changed("A commencé un sondage", "Began a survey"),
    "bring_survey": _changed("A apporté un questionnaire", "Brought a questionnaire"),
    "write_survey": _changed("A écrit un sondage", "Wrote a survey"),
    "publish_survey": _changed("A publié un sondage", "Published a survey"),
    "open_survey": _changed("A rouvert un sondage", "Opened a survey again"),
    "close_survey": _changed("A fermé un sondage", "Closed a survey"),
    "make_survey_link": _changed("A fait un lien de sondage", "Made a survey link"),
    "export_contacts": _exported("A téléchargé les courriels laissés", "Downloaded the e-mails left"),
    "export_invitations": _exported("A téléchargé des invitations", "Downloaded invitations"),
    "invite_buyers": _exported("A téléchargé des invitations d'acheteurs", "Downloaded invitations of buyers"),
    "export_answers": _exported("A téléchargé des réponses", "Downloaded answers"),
    "count_doubtful_answers": _changed("A compté des réponses mises à part", "Counted answers set apart"),
    "leave_out_answers": _changed("A laissé de côté des réponses mises à part", "Left out answers set apart"),
    "receive_answers": _changed("A déposé un fichier de réponses d'ailleurs", "Left a file of answers from elsewhere"),
    "bring_answers": _changed("A apporté des réponses d'ailleurs", "Brought answers from elsewhere"),
    "take_back_answers": _changed("A repris des réponses apportées", "Took brought answers back"),
    "erase_comments": _changed("Commentaires de plus de douze mois, effacés", "Comments over twelve months, erased"),
    "answer_pair": _changed("A répondu d'une paire de fiches", "Answered for a pair of records"),
    "undo_answer": _changed("A repris une réponse", "Took an answer back"),
    "keep_view": _changed("A gardé une vue", "Kept a view"),
    "forget_view": _changed("A oublié une vue", "Forgot a view"),
    "add_note": _changed("A ajouté une note", "Added a note"),
    "change_note": _changed("A corrigé une note", "Changed a note"),
    "remove_note": _changed("A retiré une note", "Removed a note"),
    "restore_note": _changed("A rétabli une note", "Put a note back"),
    "choose_alerts": _changed("A réglé ses alertes par courriel", "Set their e-mail alerts"),
    "confirm_label": _changed("A confirmé un libellé", "Confirmed a label"),
    "correct_label": _changed("A corrigé un libellé", "Corrected a label"),
    "refuse_label": _changed("A écarté un libellé", "Set a label apart"),
    "merge_entries": _changed("A réuni deux fiches communes", "Merged two common entries"),
    "split_entry": _changed("A scindé une fiche commune", "Split a common entry"),
    "undo_directory": _changed("A repris une décision du répertoire", "Took a decision of the directory back"),
    "ask_show": _changed("A demandé l'accès à un spectacle", "Asked for access to a show"),
    "receive_show_request": _changed("Une demande d'accès à un spectacle est arrivée", "A request for a show arrived"),
    "remind_show_request": _changed("A rappelé une demande d'accès", "Reminded of a request for access"),
    "withdraw_show_request": _changed("A retiré une demande d'accès", "Withdrew a request for access"),
    "grant_show": _granted("A accordé l'accès à un spectacle", "Granted access to a show"),
    "grant_show_by_standing": _granted(
        "Accès à un spectacle accordé par une entente de tournée", "Access to a show granted by a tour agreement"
    ),
    "decline_show": _granted("A décliné une demande d'accès", "Declined a request for access"),
    "revoke_show": _granted("A révoqué l'accès à un spectacle", "Revoked access to a show"),
    "make_standing": _granted("A noté une entente de tournée", "Kept a tour agreement"),
    "end_standing": _granted("A mis fin à une entente de tournée", "Ended a tour agreement"),
    "see_shared_show": _saw("A consulté un spectacle partagé", "Saw a shared show"),
    "export_shared_show": _exported("A téléchargé un spectacle partagé", "Downloaded a shared show"),
    "make_backup": _changed("Sauvegarde faite", "Backup made"),
    "restore_backup": _changed("Installation restaurée d'une sauvegarde", "Installation restored from a backup"),
    "purge_trail": _changed("Entrées de plus de 24 mois, laissées aller", "Entries older than 24 months, let go"),
    "give_role": _granted("A donné un rôle", "Gave a role"),
    "invite": _granted("A invité une personne", "Invited a person"),
    "link_sign_in": _granted("A relié un compte d'ailleurs à son accès", "Tied an account from elsewhere to an access"),
    "accept_invitation": _granted("A accepté une invitation", "Accepted an invitation"),
    "revoke_invitation": _granted("A repris une invitation", "Took an invitation back"),
    "remove_person": _granted("A retiré une personne", "Removed a person"),
    "give_seat": _granted("A donné un rôle au pôle", "Gave a role at the hub"),
    "sign_agreement": _granted("A signé l'entente", "Signed the agreement"),
    "end_agreement": _granted("A mis fin à l'entente", "Ended the agreement"),
    "grant_right": _granted("A accordé une finalité", "Granted a purpose"),
    "withdraw_right": _granted("A retiré une finalité", "Withdrew a purpose"),
    "grant_linking": _granted("A permis le jumelage entre organismes", "Allowed linkage across organizations"),
    "withdraw_linking": _granted("A retiré le jumelage entre organismes", "Withdrew linkage across organizations"),
}
"""Action of an entry → what it says. Each room's actions, so that one page can tell them all."""


def told(action: str) -> Told:
    """An action in words; one of a room that is no longer here is told by its code."""
    return WORDS.get(action) or _changed(action, action)
