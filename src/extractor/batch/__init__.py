"""Runs over many documents: worker processes, where what they give is written to, and what people see meanwhile."""
