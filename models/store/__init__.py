"""The artifacts: one immutable folder each, and ``CURRENT.toml``, which names those served."""
