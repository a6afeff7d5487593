"""What every layer uses: errors, settings, the clock, numbers and dates as Indonesians write them."""
