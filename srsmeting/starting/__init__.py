"""Starting a measurement: its folder, and what its report would look like before anybody has answered."""

from srsmeting.starting.dry_run import DryRun, dry_run
from srsmeting.starting.folder import Started, new_meting

__all__ = ["new_meting", "Started", "dry_run", "DryRun"]
