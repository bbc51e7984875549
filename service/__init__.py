"""People and machines: the use case, the command line, the HTTP API and the page."""
