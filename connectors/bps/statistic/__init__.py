"""Any dynamic table of BPS: found by its title, read at the row, column and part of the year wanted."""
