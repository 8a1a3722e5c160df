"""Render: one standalone HTML page of a timeline, every mark with its evidence."""
