"""The linkage's heavy work on Apache Spark, with the very statements that DuckDB runs on one machine.

Words: a *partition* is a part of a table that one worker holds; the *driver* is the process that was started, and the
only one that opens vaults. Spark moves rows to where they meet; inside each partition DuckDB does the work. Identities
travel to the workers: the cluster stands inside the same wall as the vaults. Never imported unless asked for: needs
`pip install publicc[spark]` and Java.
"""
