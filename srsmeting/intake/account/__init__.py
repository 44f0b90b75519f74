"""Every row and cell accounted for: the report, the quarantine, the manifest."""
