"""A query becomes names: corpora and models, the one caller of the generator, and what is said of a name beside."""
