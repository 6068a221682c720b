"""Agreement between coders: how far several people reach the same codings of the same speech.

units          from codings to ratings: each unit of counted speech given a code or not, by each coder
counts         what the coefficients are computed from: contingency tables and counts of assignments
coefficients   percent, positive agreement, Cohen, Scott, Fleiss, Gwet, Krippendorff; Bennett beside them
large_sample   the published standard errors that take units as independent
distance       how far apart two labels lie: scales and sets of codes
alpha          Krippendorff's alpha under any distance
sets           alpha over all codes at once, each coder's codes on a unit taken as a set
unitizing      alpha for freely drawn spans
resampling     intervals from resampling interviews: bootstrap and jackknife
comparison     all of it for a study's codes, with intervals

A coefficient that the material cannot define (everything in one category, nothing rated twice) is None, never 0 or 1.
"""
