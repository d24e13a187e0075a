"""Two organizations full of values found nowhere else, everyone who may sign in, and requests made at random.

`world` plants, `forms` fills in every form there is, `asking` makes requests, `judging` says what may not be answered.
"""
