"""Training of the second look: it needs torch and transformers (the extra ``train``), serving does not."""
