"""The second look: a small encoder reads the words around each drug and says what became of it, and where,
why and by whom it was given.
"""
