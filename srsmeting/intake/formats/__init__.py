"""One module or folder per tool and format: its file to cells."""
