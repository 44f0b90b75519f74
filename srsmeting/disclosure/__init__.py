"""What readers can find out of what is not published, of a measurement and of those before it together."""

from srsmeting.disclosure.measurement import audit_meting
from srsmeting.disclosure.years import PublishedYear, audit_years

__all__ = ["PublishedYear", "audit_meting", "audit_years"]
