"""The rules: one small function per id of coding-rules.md, in the order in which they are asked."""
