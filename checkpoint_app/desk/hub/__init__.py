"""The station's share of the command office: exchanging with the hub while the desk goes on."""
