"""The ledger of abnormal persons at the desk's side: lines, stories, paper, and what is done."""
