"""What one can ask of p(sequence | constraint): evidence, posteriors, completions, draws."""
