"""Official files that a site downloads: read, checked, kept in versions and put in force."""
