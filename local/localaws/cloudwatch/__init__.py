"""CloudWatch's part of the local AWS: what the nodes publish, and how alarms and metric math are evaluated."""
