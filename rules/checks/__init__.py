"""The rules: each looks at the facts and makes its findings."""
