"""Settings, root addresses, server entry points, the classes of fields. No room imports it: Django finds it by name."""
