"""Tags of every page: `{% load publicc %}`."""
