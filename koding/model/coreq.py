"""The 32 items of COREQ, the checklist for reports of interviews and focus groups.

Tong, A., Sainsbury, P., & Craig, J. (2007). Consolidated criteria for reporting qualitative research (COREQ).
International Journal for Quality in Health Care 19, 349-357. The names of the items are given in short.
"""

from __future__ import annotations

from koding.i18n import N_

#: Item number to its name, untranslated.
ITEMS = {
    1: N_("Interviewer or facilitator"), 2: N_("Credentials"), 3: N_("Occupation"), 4: N_("Gender"),
    5: N_("Experience and training"), 6: N_("Relationship established"),
    7: N_("Participants' knowledge of the interviewer"), 8: N_("Interviewer characteristics"),
    9: N_("Methodological orientation and theory"), 10: N_("Sampling"), 11: N_("Method of approach"),
    12: N_("Sample size"), 13: N_("Non-participation"), 14: N_("Setting of data collection"),
    15: N_("Presence of non-participants"), 16: N_("Description of sample"), 17: N_("Interview guide"),
    18: N_("Repeat interviews"), 19: N_("Audio or visual recording"), 20: N_("Field notes"), 21: N_("Duration"),
    22: N_("Data saturation"), 23: N_("Transcripts returned"), 24: N_("Number of data coders"),
    25: N_("Description of the coding tree"), 26: N_("Derivation of themes"), 27: N_("Software"),
    28: N_("Participant checking"), 29: N_("Quotations presented"), 30: N_("Data and findings consistent"),
    31: N_("Clarity of major themes"), 32: N_("Clarity of minor themes"),
}  # fmt: skip
