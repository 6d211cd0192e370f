"""The engine processes behind the cache nodes: address, certificate, process, access rules, parameters."""
