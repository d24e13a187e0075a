"""The proof of looks: a stage with every state a screen may be in, a round that photographs it, sheets to look at."""
