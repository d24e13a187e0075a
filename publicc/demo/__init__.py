"""The demonstration collective: a dozen organizations that never existed, and the raw exports they would hand over.

Words: a `Plan` is what an organization is like; `people` live in households; an `audience` is who goes where, and when;
`sales` are orders and tickets; a `record` is a person as one box office wrote them down; a `layout` is the form of one
system's export; a `truth` is what was planted and must be found again.

Never: a real organization, a real person's e-mail or telephone number, a figure that is not computed from the rows
written. Everything comes from one seed, byte for byte. Nothing here is read by the product: it goes through the same
door as any deposit.
"""
