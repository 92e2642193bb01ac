"""Lists at the desk: looking people up while they stand there, putting lists in, working them."""
