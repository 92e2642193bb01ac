"""名单: pushed persons and how they are worked, risk areas, roster, returnees; importing them."""
