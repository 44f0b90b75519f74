"""What a person knows better than the export, and the export with it."""
