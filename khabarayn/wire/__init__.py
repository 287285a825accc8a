"""How news travels: each wire format is a shape, a read and a write, and knows no database."""
