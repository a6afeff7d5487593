"""The report: its figures, its files, its issues, and the questions asked of them."""
