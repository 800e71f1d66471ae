"""What a name of the quiz is, which is also what a person may say of it."""

POKEMON, TECH, MADE = KINDS = "pokemon", "tech", "made"
REAL = (POKEMON, TECH)  # the corpora that names are taken from, and whose models make names up
