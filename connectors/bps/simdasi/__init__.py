"""SIMDASI: the tables of *Kabupaten … Dalam Angka*."""
