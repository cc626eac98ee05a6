"""``mcp``: the tools of dispute-guard for an agent, over the Model Context Protocol."""
