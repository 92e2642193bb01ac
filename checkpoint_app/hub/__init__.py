"""The hub: one command office for many stations, as a service and on the command line."""
