"""What the desk page shows of the gate: the open vehicle, its plate, the crowd, gate mode."""
