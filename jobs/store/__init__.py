"""What a store that many machines share holds of an office: its data, and files that people drop there."""
