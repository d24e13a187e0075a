"""One file a metric or a tight family. Each holds its atoms, its texts and a tuple `METRICS`; the registry finds it."""
