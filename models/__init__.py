"""SQLModel tables, the session and the migrations."""
