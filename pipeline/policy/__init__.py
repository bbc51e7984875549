"""The coding rules: dated, cited TOML by payer. Data only; `deltoid.pipeline.rulebook` reads it."""
