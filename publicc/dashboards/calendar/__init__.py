"""*Calendrier et pression*: is that date too crowded? Public supply and offered plans, by kind and distance."""
