"""Groups of peers that a member asks for: asked, judged by the policy, settled by the hub, read in the next release.

Nothing here looks at a figure: who is a member, and of what, is public, and nothing else decides.
"""
