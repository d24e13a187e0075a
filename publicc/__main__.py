"""`python -m publicc` is the same command as `publicc`."""

from publicc.cli.app import main

main()
