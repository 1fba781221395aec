"""What any long-running process needs: a clock, tasks, logs without secrets, metrics, systemd, exit codes."""
