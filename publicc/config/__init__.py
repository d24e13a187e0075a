"""Settings, root addresses, server entry points. Imported by nobody: Django finds it by name."""
