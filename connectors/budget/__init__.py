"""Budget exports of the finance system and the office's own recaps, whatever their layout."""
