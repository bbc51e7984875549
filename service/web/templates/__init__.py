"""The page's Jinja templates, read through `importlib`."""
