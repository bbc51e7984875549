"""The vocabulary: tables of surface forms and facts, each row with its source. Data only."""
