"""The office's own price sheets: one market a sheet, commodities and days in whatever order."""
