"""Connect to a browser on another machine: through a Playwright server, or over DevTools."""
