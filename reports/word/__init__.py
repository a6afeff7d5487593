"""The office's own Word report: found in it are the places of our figures; put there with tracked changes."""
