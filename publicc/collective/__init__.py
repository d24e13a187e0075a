"""The collective: organizations, the people who work in them, what each may do, and the trail of what was done.

Words: organization, membership, role, linkage right, trail. Builds every `Scope`. Never touches tickets or customers.
"""
