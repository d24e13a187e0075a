"""What answers say: weights, figures with their certainty, quality of responses, words; for the organization alone."""
