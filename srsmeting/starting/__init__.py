"""Starting a measurement: its folder, and what its report would look like before anybody has answered."""

from srsmeting.starting.dry_run import DryRun, dry_run
from srsmeting.starting.folder import new_meting
from srsmeting.starting.goals import new_programme
from srsmeting.starting.place import Started

__all__ = ["new_meting", "new_programme", "Started", "dry_run", "DryRun"]
