"""A deposit: received whole or not at all, rehearsed, listed, undone."""
