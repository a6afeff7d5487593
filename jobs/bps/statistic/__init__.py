"""Any statistic of BPS that an indicator of the office names: read, kept, and taken as realisasi."""
