"""Messages over the product of a model and a constraint: exact inference."""
