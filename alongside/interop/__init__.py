"""What leaves as a file or comes in by a standard: one folder each."""
