"""The contract at the border: what goes in and what comes out, as pydantic models."""
