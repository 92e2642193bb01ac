"""The page of vehicles: today's, those at the gate with their goods, and who ran the gate."""
