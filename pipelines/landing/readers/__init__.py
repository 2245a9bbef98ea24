"""One reader a format. A reader takes what a file holds and yields articles or failures; it opens no file by name."""
