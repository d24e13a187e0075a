"""How the tables of places shipped with Public C are made. Build time only: nothing here is imported by the program."""
