"""The fronts: what stands at a node's address where an engine cannot, for IAM logins and for TLS beside plain text."""
