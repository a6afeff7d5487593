"""One reader for what people keep in sheets: XLSX, XLS, XLSB, ODS, CSV, and HTML under their names.

Here is what every subject needs of a sheet: its cells, its numbers, its days, its headings. What a
heading means, and what a row, only the subject says.
"""
