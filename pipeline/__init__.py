"""Note to injection events to findings and claim lines. Pure: no network, no clock, no environment, no writing."""
