"""The suggester: which codes a sentence may carry, and why.

`client` is what the rest of koding uses; the linguistic work runs in a child process (`worker`), so that neither the
screen nor a light command pays for it. `patterns`, `languages` and `protocol` are pure and cheap to import.
"""
