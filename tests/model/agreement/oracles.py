"""Published agreement values with the data they belong to: numbers and where they were printed.

Values are strings, so that the digits printed are known. "." is a missing rating. A key that ends in `_recomputed` has
no published source: its value was worked out from the same data with other programs. `TOLERANCES` says where a printed
value is itself rounded on the way or comes from a slightly different formula.
"""

from __future__ import annotations

CITATIONS = {
    "K2011_C_4coders": "Krippendorff 2011, Computing Krippendorff's alpha-reliability, data C; Gwet 2014, raw ratings "
    "by 4 raters (standard error and interval of AC1 as irrCAC 0.4.4 gives them)",
    "wiki_3coders_missing": "The example of three coders with missing data in Wikipedia, Krippendorff's alpha",
    "binary_10_units": "Krippendorff 1980, p. 133; 2004, p. 224",
    "ben_gerry_12": "Krippendorff 2011, Computing Krippendorff's alpha-reliability, data B",
    "K1980_p139_3coders": "Krippendorff 1980, p. 139",
    "HayesKrippendorff2007_p84": "Hayes & Krippendorff 2007, Communication Methods and Measures 1, p. 84",
    "Artstein_Poesio_2008_table1": "Artstein & Poesio 2008, Computational Linguistics 34, p. 558",
    "Artstein_Poesio_2008_table4": "Artstein & Poesio 2008, Computational Linguistics 34, p. 568",
    "Cohen_1960_p45": "Cohen 1960, Educational and Psychological Measurement 20, p. 45",
    "Fleiss_1971": "Fleiss 1971, Psychological Bulletin 76, p. 379",
    "Fleiss_10x5_14raters": "The table of 14 raters in Wikipedia, Fleiss' kappa",
    "Gwet_3x3_abstractors": "Gwet 2014, two abstractors (interval as irrCAC 0.4.4 gives it)",
    "Gwet_4x4_diagnosis": "Gwet 2014, two diagnoses (standard error and interval as irrCAC 0.4.4 gives them)",
    "Gwet_kappa_paradox_10": "Gwet 2008, British Journal of Mathematical and Statistical Psychology 61",
    "Krippendorff_1995_digitised": "Krippendorff 1995, Sociological Methodology 25, p. 57",
    "Krippendorff_2004_unitizing_p254": "Krippendorff 2004, Content Analysis, 2nd ed., p. 254",
    "NVivo_1000_chars": "The manual of NVivo, coding comparison query",
    "set_valued_multilabel": "The test data of DKPro Statistics for sets of annotations",
}

ORACLES = {
    "K2011_C_4coders": {
        "coders": {
            "A": "1 2 3 3 2 1 4 1 2 . . .",
            "B": "1 2 3 3 2 2 4 1 2 5 . 3",
            "C": ". 3 3 3 2 3 4 2 2 5 1 .",
            "D": "1 2 3 3 2 4 4 1 2 5 1 .",
        },
        "expect": {
            "alpha_nominal": "0.743",
            "Do": "0.200",
            "De": "0.779",
            "alpha_ordinal": "0.815",
            "alpha_interval": "0.849",
            "alpha_ratio": "0.797",
            "gwet_ac1": "0.775",
            "ac1_pa": "0.818",
            "ac1_pe": "0.190",
            "ac1_se": "0.143",
            "ac1_ci95": "0.461 1",
            "fleiss_gwet_version": "0.761",
        },
    },
    "wiki_3coders_missing": {
        "coders": {
            "A": ". . . . . 3 4 1 2 1 1 3 3 . 3",
            "B": "1 . 2 1 3 3 4 3 . . . . . . .",
            "C": ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
        },
        "expect": {"alpha_nominal": "0.691358", "alpha_interval": "0.810845", "pairable": "26"},
    },
    "binary_10_units": {
        "coders": {"A": "1 1 0 0 0 0 0 0 0 0", "B": "0 1 1 0 0 1 0 1 0 0"},
        "expect": {
            "percent": "0.600",
            "alpha": "0.095",
            "Do": "0.400",
            "De": "0.442",
            "cohen": "0.0909",
            "scott_pi": "0.0476",
            "ac1": "0.3103",
        },
    },
    "ben_gerry_12": {
        "coders": {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"},
        "expect": {"percent": "0.75", "alpha": "0.692", "cohen": "0.6842", "scott_pi": "0.6786", "ac1": "0.6897"},
    },
    "K1980_p139_3coders": {
        "units": ["1 1 1", "1 2 2", "2 2 2", "4 4 4", "1 4 4", "2 2 2", "1 2 3", "3 3 3", "2 2 2"],
        "expect": {
            "percent": "0.740",
            "alpha_nominal": "0.642",
            "alpha_interval": "0.547",
            "alpha_ratio": "0.483",
            "alpha_per_category": {"1": "0.381", "2": "0.711", "3": "0.717", "4": "0.764"},
        },
    },
    "HayesKrippendorff2007_p84": {
        "units": "1 1 2 . 2|1 1 0 1 .|2 3 3 3 .|. 0 0 . 0|0 0 0 . 0|0 0 0 . 0|1 0 2 . 1|1 . 2 0 .|2 2 2 . 2|2 1 1 1 .|"
        ". 1 0 0 .|0 0 0 0 .|1 2 2 2 .|3 3 2 2 3|1 1 1 . 1|1 1 1 . 1|2 1 2 . 2|1 2 3 3 .|1 1 0 1 .|0 0 0 . 0|"
        "0 0 1 1 .|0 0 . 0 0|2 3 3 3 .|0 0 0 0 .|1 2 . 2 2|0 1 1 1 .|0 0 0 1 0|1 2 1 2 .|1 1 2 2 .|1 1 2 . 2|"
        "1 1 0 . 0|2 1 2 1 .|2 2 . 2 2|3 2 2 2 .|2 2 2 . 2|2 2 3 . 2|2 2 2 . 2|2 2 . 1 2|2 2 2 2 .|1 1 1 . 1",
        "expect": {
            "alpha_ordinal": "0.7598",
            "alpha_nominal_recomputed": "0.4765",
            "alpha_interval_recomputed": "0.7574",
            "pairable": "159",
        },
    },
    "Artstein_Poesio_2008_table1": {
        "table": {"rows_coderB_cols_coderA": ["20 10", "20 50"]},
        "expect": {
            "percent": "0.70",
            "S": "0.40",
            "scott_pi": "0.341",
            "cohen": "0.348",
            "pe_pi": "0.545",
            "pe_kappa": "0.54",
        },
    },
    "Artstein_Poesio_2008_table4": {
        "table": {"labels": "STAT IREQ CHCK", "rows_B_cols_A": ["46 0 0", "6 32 6", "0 0 10"]},
        "expect": {
            "percent": "0.88",
            "S": "0.82",
            "scott_pi": "0.79953",
            "cohen": "0.8013",
            "alpha_nominal": "0.8005",
            "alpha_weighted": "0.8156",
        },
    },
    "Cohen_1960_p45": {
        "table": {"rows_A_cols_B": ["88 14 18", "10 40 10", "2 6 12"]},
        "expect": {"po": "0.70", "pe": "0.41", "cohen": "0.492", "kappa_max": "0.831", "ac1": "0.5760"},
    },
    "Fleiss_1971": {
        "units": "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 "
        "224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 "
        "555555",
        "expect": {
            "fleiss_kappa": "0.430",
            "Pbar": "0.5556",
            "Pe": "0.2199",
            "per_category": {"1": "0.248", "2": "0.248", "3": "0.517", "4": "0.470", "5": "0.565"},
            "per_category_exact_recomputed": {"1": "0.245", "2": "0.245", "3": "0.520", "4": "0.471", "5": "0.566"},
            "alpha_recomputed": "0.4334",
        },
    },
    "Fleiss_10x5_14raters": {
        "counts": [
            "0 0 0 0 14",
            "0 2 6 4 2",
            "0 0 3 5 6",
            "0 3 9 2 0",
            "2 2 8 1 1",
            "7 7 0 0 0",
            "3 2 6 3 0",
            "2 5 3 2 2",
            "6 5 2 1 0",
            "0 2 2 3 7",
        ],
        "expect": {"fleiss_kappa": "0.210", "Pbar": "0.378", "Pe": "0.213"},
    },
    "Gwet_3x3_abstractors": {
        "table": ["13 0 0", "0 20 7", "0 4 56"],
        "expect": {
            "cohen": "0.796",
            "cohen_ci95": "0.68 0.913",
            "scott_pi": "0.7962",
            "ac1": "0.8493",
            "alpha": "0.7973",
            "percent": "0.89",
        },
    },
    "Gwet_4x4_diagnosis": {
        "table": ["40 4 4 17", "6 25 2 13", "4 1 21 12", "15 5 9 45"],
        "expect": {
            "cohen": "0.432",
            "cohen_se": "0.046",
            "cohen_ci95": "0.341 0.522",
            "scott_pi": "0.4303",
            "ac1": "0.4562",
            "alpha": "0.4316",
            "percent": "0.5874",
        },
    },
    "Gwet_kappa_paradox_10": {
        "table": {"yy": "8", "nn": "1", "yn": "1"},
        "expect": {
            "percent": "0.9",
            "ac1": "0.8658",
            "ac1_pe": "0.255",
            "scott_pi": "0.6078",
            "cohen": "0.6154",
            "alpha": "0.6275",
        },
    },
    # Spans are (start, length).
    "Krippendorff_1995_digitised": {
        "A": {
            "Bertha": ["2 8", "14 6"],
            "Bill": ["4 4", "15 2"],
            "expect": {"cohen": "0.385", "scott_pi": "0.314", "alpha": "0.329", "ac1": "0.3514"},
        },
        "B": {
            "John": ["0 18"],
            "Jill": ["0 2", "2 1", "3 1", "4 1", "5 1", "6 3", "9 1"],
            "expect": {"cohen": "0.385", "scott_pi": "0.314"},
        },
        "C": {
            "Gerret": ["2 6", "10 2", "14 4", "20 2"],
            "Gill": ["0 2", "4 4", "10 4", "16 2", "20 2"],
            "expect": {"cohen": "0.314", "scott_pi": "0.314"},
        },
        # The spans of D are in the paper; that everything is covered by both is what counts of them here.
        "D": {},
    },
    "Krippendorff_2004_unitizing_p254": {
        "continuum": {"begin": "150", "length": "300"},
        "code_c": {"i": ["225 70", "370 30"], "j": ["220 80", "355 20", "400 20"]},
        "code_k": {"i": ["180 60", "300 50"], "j": ["180 60", "300 50"]},
        "expect": {
            "Do_c": "0.0144",
            "De_c": "0.0532",
            "alpha_c": "0.7286",
            "De_k": "0.0490",
            "alpha_k": "1.0",
            "alpha_total": "0.859",
        },
        "expect_1995_large_L": {"A": "0.553", "B": "-0.926", "C": "0.679", "D": "0.066", "tolerance": "0.02"},
    },
    "NVivo_1000_chars": {
        "chars": {"total": "1000", "both": "50", "only_one": "150", "neither": "800"},
        "expect": {
            "percent": "0.85",
            "kappa_by_split_recomputed": {"150/0": "0.348", "100/50": "0.318", "75/75": "0.314"},
        },
    },
    "set_valued_multilabel": {
        "units": [" ", "A ", "A A", "A B", "AB A", "AB AC", "ABC ABC", "C AC", "C AC"],
        "expect": {
            "alpha_set_distance": "0.186",
            "Do": "0.333",
            "De": "0.409",
            "alpha_jaccard_recomputed": "0.316",
            "alpha_masi_1_minus_JM_recomputed": "0.273",
        },
    },
}

#: By oracle and key: how far from the printed value we may be, and why.
TOLERANCES = {
    ("Fleiss_1971", "per_category"): (0.004, "the paper worked from proportions rounded to two digits"),
}

#: The spans of example D, and what the paper prints for A to D beside alpha: Krippendorff 1995, p. 57 and on.
UNITIZING_1995 = {
    "D": {
        "Heather": ["0 2", "2 8", "10 4", "14 6", "20 4"],
        "Hill": ["0 4", "4 4", "8 7", "15 2", "17 7"],
    },
    "observed": {"A": "0.03125", "B": "2.26736", "C": "0.02777", "D": "0.38715"},
    "expected_on_a_long_continuum": {"A": "0.06990", "B": "1.17731", "C": "0.08642", "D": "0.41445"},
    # How far the formula of 2004 is from that of 1995 in De.
    "tolerance": "0.005",
    # De and alpha of C when the continuum of 24 is stretched to this length.
    "C_by_length": {
        "12": ["0.05494", "0.494"],
        "120": ["0.08234", "0.663"],
        "1200": ["0.08600", "0.677"],
        "12000": ["0.08638", "0.678"],
    },
}

#: The weights of Artstein & Poesio 2008, p. 568, and what they print: 0 for the same label, one half where either is
#: CHCK, 1 otherwise.
WEIGHTED_2008 = {"Do": ".090", "De": ".4879"}
