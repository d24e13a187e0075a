"""Tables as they were read → rows as the vault keeps them. Set-based SQL in the scratch database; nothing row by row.

Names of relations and columns are ours (`source_1`, `c3`, `new_tickets`); labels and answers are parameters or rows.
"""
