"""督查: signals of box-ticking, and the problems found until they are closed."""
