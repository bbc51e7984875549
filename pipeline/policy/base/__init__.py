"""The rules that hold for every payer, one file a section."""
