"""The command line: one module a command, each a thin door onto the rooms."""
