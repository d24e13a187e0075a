"""Loaded before Django starts (`-p tests.environment`): tests get a home folder of their own, thrown away after."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="publicc-test-home-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["PUBLICC_HOME"] = _HOME
os.environ["PUBLICC_TESTING"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
