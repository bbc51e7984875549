"""The page's style sheet, its JavaScript, its icon and htmx, served under ``/static/``."""
