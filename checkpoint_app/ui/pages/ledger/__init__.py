"""台账: the ledger of abnormal persons as board, table and one case at the side."""
