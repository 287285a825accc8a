"""Finding stories by what people type."""
