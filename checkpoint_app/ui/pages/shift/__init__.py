"""班次: who is on duty, the site's checks, handing the post over."""
