"""Market prices: Siskaperbapo, SP2KP and the office's own sheets, under one register of commodities."""
