"""What a token may do. Pure."""

from publicc.kernel.vocabulary import Term


class TokenScope(Term):
    """One thing that a token opens; the role of its person in the organization bounds it too."""

    READ = "READ", "Lire les chiffres, les définitions et la qualité", "Read figures, definitions and quality"
    REPORT = "REPORT", "Faire des rapports", "Make reports"
    DEPOSIT = "DEPOSIT", "Déposer des fichiers", "Deposit files"
