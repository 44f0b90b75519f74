"""Files taken apart, whatever tool they came from: text, archives, workbooks."""
