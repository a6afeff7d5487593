"""Budget exports: taking them in, comparing months, what a year's report uses."""
