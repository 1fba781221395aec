"""What any long-running process needs: time, tasks that go on, a log without secrets, counters, systemd, exit codes."""
