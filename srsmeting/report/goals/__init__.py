"""What a chapter on a monitor of goals has in its hands: tables, figures, and sentences that look before they speak."""

from srsmeting.report.goals.chapter import GoalsReport

__all__ = ["GoalsReport"]
