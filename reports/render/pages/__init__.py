"""What the pages of the PDF are made of beside the words: paper, widths of columns, places to break words."""
