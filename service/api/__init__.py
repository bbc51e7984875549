"""The HTTP API: reviews over JSON, health, and one shape for every error."""
