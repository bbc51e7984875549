"""Learned judgement: what is served, and later how it is trained, evaluated and asked."""
