"""Projects of other tools, read into `koding.model.exchange`: what their tables and files mean.

The rows come from the store, which alone speaks SQL; here they are data. Facts of the formats are from the tools'
documentation, their own databases and exports; no code of theirs is used.
"""
