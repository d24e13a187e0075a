"""Reports that an organization composes: blocks of its screens, views it kept and words of its own, in its order."""
