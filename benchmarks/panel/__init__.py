"""Blind ratings of names: lists for raters, what came of them, and the score fitted on them."""
