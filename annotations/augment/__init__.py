"""More notes for training out of labelled ones: words swapped and noise added, with the labels carried
along.
"""
