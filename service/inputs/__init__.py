"""What the command line is given: files, folders, patterns, lists and standard input, as encounters."""
