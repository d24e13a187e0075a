"""The shared workspace of a project of the collective: parts written together, files, a reference document, approvals.

Who takes part in a project reads all of it; nobody else learns that it exists. No figure and no vault is reached here.
"""
