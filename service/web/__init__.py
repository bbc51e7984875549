"""The page: paste a note or pick a sample, and see it reviewed."""
