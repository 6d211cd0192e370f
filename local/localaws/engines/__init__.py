"""Which cache engine runs: versions, finding one on this machine, building the pinned one."""
