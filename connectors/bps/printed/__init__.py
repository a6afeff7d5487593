"""Tables of PDRB as a person downloads them: books, sheets, web pages."""
