"""Note to injection events to findings and claim lines: no network, no clock, no environment, no writing."""
