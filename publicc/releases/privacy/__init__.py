"""The privacy kit: what is processed and why, the PIA pack, incidents, retention, on pages and on paper."""
