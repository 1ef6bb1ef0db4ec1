"""How documents were read, as one HTML page: who is who, what is said of them, and the tree behind it."""
