"""A site's own policy file: is it sound, line by line, and what does it change?"""
