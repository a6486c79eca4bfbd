"""The reference library of the course: a neural network in NumPy, one module per unit."""
