"""What the office asks for (poll, refresh, render, send, trace), without Prefect."""
