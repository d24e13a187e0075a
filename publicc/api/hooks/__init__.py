"""Webhooks: an address that asked for it is told, signed, that something happened; what happened is read by the API."""
