"""What is wrong with the setup, or different on the site: checks, findings, captured pages."""
