"""Who is on duty, the site's own checks, and handing the post over. Pure."""
