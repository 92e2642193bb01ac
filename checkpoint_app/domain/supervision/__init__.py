"""Against box-ticking: signals in the records of a shift, and problems followed until closed."""
