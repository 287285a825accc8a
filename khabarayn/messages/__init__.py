"""Words for the codes of the rooms below, through the catalogues.

The rooms below never speak: they raise or return codes with values. Each module here turns the
codes of one room into words, in the language of the request or the command (decision 045).
"""
