"""Golden questions over the demonstration reports; every expected figure is computed from the data files."""
