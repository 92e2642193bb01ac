"""Long trials of what must survive: cut links, killed hubs and stations, restored backups."""
