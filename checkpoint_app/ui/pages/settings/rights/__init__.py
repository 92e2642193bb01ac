"""保存与权利: how long what is kept, erasing, notices, one's own records, looks, the end."""
