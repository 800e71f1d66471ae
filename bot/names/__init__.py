"""A query becomes names: corpora and models, the search for names, their scores, and similar existing names."""
