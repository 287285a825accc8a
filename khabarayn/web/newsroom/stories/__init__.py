"""The pages of a story: shelves, editor, steps, revisions, previews."""
