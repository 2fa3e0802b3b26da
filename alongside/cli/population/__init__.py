"""A synthetic population beside Tarnside, of any size: for looking at the product when it is full, and for measuring it."""
