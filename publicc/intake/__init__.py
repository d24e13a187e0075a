"""What an organization brings: files are read, mapped, checked and kept in its vault.

Words: a *deposit* is what a person hands over at one moment; a *source* is a ticketing system of one organization;
the *grain* says what one row is; a row is *accepted*, *set apart* (true, but no ticket) or *refused* (kept, with its
reason).
Never drops or repairs in silence, never guesses without saying so, never lets an identity out of the vault.
"""
