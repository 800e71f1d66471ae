"""The web edge: the API, the page and the MCP server, over the same queries as Slack. FastAPI stays in this folder."""
