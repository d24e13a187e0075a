"""An organization leaves: its keys and rows destroyed, the pool made again without it, and a signed proof of both."""
