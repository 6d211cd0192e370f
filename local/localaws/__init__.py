"""A local AWS for cdk-elasticache: MiniStack on loopback with a real engine behind every cache node."""
