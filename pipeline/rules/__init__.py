"""The rules: one small function per id of the policy, in the order in which they are asked."""
