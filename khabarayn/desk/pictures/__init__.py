"""The picture library's verbs: upload, describe, set the focus, replace."""
