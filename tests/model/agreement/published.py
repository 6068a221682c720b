"""The published values, computed with the package from the data of `oracles`."""

from __future__ import annotations

from collections import Counter

from koding.model.agreement import distance
from koding.model.agreement.alpha import alpha, pairable_values
from koding.model.agreement.coefficients import (
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    kappa_maximum,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)
from koding.model.agreement.comparison import Measure, code_agreement
from koding.model.agreement.counts import (
    Assignments,
    PairTable,
    categories_of,
    collapsed,
    pair_table,
    profiles_of,
)
from koding.model.agreement.large_sample import ac1_standard_error, cohen_standard_error
from koding.model.agreement.sets import agreement_of_sets
from koding.model.agreement.student import t_interval
from koding.model.agreement.unitizing import continua, unitizing_agreement, unitizing_alpha
from koding.model.agreement.units import Speech, Unit, rate
from koding.model.coding import Coding


def values(row):
    return [None if value == "." else int(value) if value.isdigit() else value for value in row.split()]


def unit_rows(oracle):
    """The data of an oracle as one row a unit, one value a coder."""
    if "coders" in oracle:
        return list(zip(*map(values, oracle["coders"].values()), strict=True))
    rows = oracle["units"]
    return [tuple(values(row)) for row in (rows.split("|") if isinstance(rows, str) else rows)]


def table_of(oracle):
    """The contingency table of an oracle."""
    table = oracle["table"]
    if isinstance(table, dict):
        table = next(rows for name, rows in table.items() if name.startswith("rows"))
    return PairTable.of([[int(cell) for cell in row.split()] for row in table])


def units_in(table):
    """The units that a contingency table counts."""
    return [
        (row, column)
        for row, cells in enumerate(table.cells)
        for column, units in enumerate(cells)
        for _ in range(units)
    ]


def assignments(units):
    return Assignments.of(profiles_of(units, categories_of(units)))


def scales(units):
    """Alpha of numbers under the distance of each scale."""
    return {
        "nominal": alpha(units, distance.nominal),
        "ordinal": alpha(units, distance.ordinal(pairable_values(units))),
        "interval": alpha(units, distance.interval),
        "ratio": alpha(units, distance.ratio),
    }


def four_coders(oracle):
    units = unit_rows(oracle)
    profiles = profiles_of(units, categories_of(units))
    sums = Assignments.of(profiles)
    nominal, ac1, error = krippendorff_alpha(sums), gwet_ac1(sums), ac1_standard_error(profiles)
    return {
        "alpha_nominal": nominal.value,
        "Do": nominal.observed,
        "De": nominal.expected,
        **{f"alpha_{scale}": found.value for scale, found in scales(units).items() if scale != "nominal"},
        "gwet_ac1": ac1.value,
        "ac1_pa": ac1.observed,
        "ac1_pe": ac1.expected,
        "ac1_se": error,
        "ac1_ci95": t_interval(ac1.value, error, sums.rated - 1, 0.95),
        "fleiss_gwet_version": fleiss_kappa(sums).value,
    }


def three_coders(oracle):
    units = unit_rows(oracle)
    return {
        "alpha_nominal": krippendorff_alpha(assignments(units)).value,
        "alpha_interval": alpha(units, distance.interval).value,
        "pairable": pairable_values(units).total(),
    }


def two_coders(oracle):
    units = unit_rows(oracle)
    sums, table = assignments(units), pair_table(units, 0, 1, categories_of(units))
    nominal = krippendorff_alpha(sums)
    return {
        "percent": percent_agreement(sums),
        "alpha": nominal.value,
        "Do": nominal.observed,
        "De": nominal.expected,
        "cohen": cohen_kappa(table).value,
        "scott_pi": scott_pi(table).value,
        "ac1": gwet_ac1(sums).value,
    }


def krippendorff_1980(oracle):
    units = unit_rows(oracle)
    categories = sorted(categories_of(units))
    profiles = profiles_of(units, categories)
    found = scales(units)
    return {
        "percent": percent_agreement(Assignments.of(profiles)),
        "alpha_nominal": found["nominal"].value,
        "alpha_interval": found["interval"].value,
        "alpha_ratio": found["ratio"].value,
        "alpha_per_category": {
            str(category): krippendorff_alpha(Assignments.of(collapsed(profiles, place))).value
            for place, category in enumerate(categories)
        },
    }


def hayes_krippendorff(oracle):
    units = unit_rows(oracle)
    found = scales(units)
    return {
        "alpha_ordinal": found["ordinal"].value,
        "alpha_nominal_recomputed": found["nominal"].value,
        "alpha_interval_recomputed": found["interval"].value,
        "pairable": pairable_values(units).total(),
    }


def contingency(oracle):
    table = table_of(oracle)
    sums = assignments(units_in(table))
    cohen, error = cohen_kappa(table), cohen_standard_error(table)
    return {
        "percent": percent_agreement(sums),
        "po": cohen.observed,
        "pe": cohen.expected,
        "pe_kappa": cohen.expected,
        "pe_pi": scott_pi(table).expected,
        "S": bennett_s(table).value,
        "scott_pi": scott_pi(table).value,
        "cohen": cohen.value,
        "cohen_se": error,
        "cohen_ci95": t_interval(cohen.value, error, table.units - 1, 0.95),
        "kappa_max": kappa_maximum(table),
        "ac1": gwet_ac1(sums).value,
        "alpha": krippendorff_alpha(sums).value,
        "alpha_nominal": krippendorff_alpha(sums).value,
        "alpha_weighted": alpha(units_in(table), half_for_check).value,
    }


def half_for_check(one, other):
    """The distance of Artstein & Poesio's labels: the third, CHCK, is half way from the others."""
    return 0.0 if one == other else 0.5 if 2 in (one, other) else 1.0


def fleiss_1971(oracle):
    units = [tuple(unit) for unit in oracle["units"].split()]
    categories = sorted(categories_of(units))
    profiles = profiles_of(units, categories)
    sums = Assignments.of(profiles)
    fleiss = fleiss_kappa(sums)
    by_category = {
        category: fleiss_kappa(Assignments.of(collapsed(profiles, place))).value
        for place, category in enumerate(categories)
    }
    return {
        "fleiss_kappa": fleiss.value,
        "Pbar": fleiss.observed,
        "Pe": fleiss.expected,
        "per_category": by_category,
        "per_category_exact_recomputed": by_category,
        "alpha_recomputed": krippendorff_alpha(sums).value,
    }


def fleiss_table(oracle):
    profiles = Counter(tuple(int(count) for count in row.split()) for row in oracle["counts"])
    fleiss = fleiss_kappa(Assignments.of(profiles))
    return {"fleiss_kappa": fleiss.value, "Pbar": fleiss.observed, "Pe": fleiss.expected}


def gwet_paradox(oracle):
    counts = {name: int(count) for name, count in oracle["table"].items()}
    table = PairTable.binary(neither=counts["nn"], second=0, first=counts["yn"], both=counts["yy"])
    sums = assignments(units_in(table))
    ac1 = gwet_ac1(sums)
    return {
        "percent": percent_agreement(sums),
        "ac1": ac1.value,
        "ac1_pe": ac1.expected,
        "scott_pi": scott_pi(table).value,
        "cohen": cohen_kappa(table).value,
        "alpha": krippendorff_alpha(sums).value,
    }


def spans_of(rows, stretch=1.0, begin=0):
    """Half-open spans from (start, length)."""
    pairs = [[int(int(number) * stretch) for number in row.split()] for row in rows]
    return tuple((start - begin, start - begin + length) for start, length in pairs)


def codings_of(code, by_coder):
    return [
        Coding("", "source", start, end, code, coder)
        for coder, rows in by_coder.items()
        for start, end in spans_of(rows)
    ]


def on_characters(by_coder, length):
    """Agreement on one code, character by character, on a text of `length`."""
    ratings = rate(
        codings_of("code", by_coder),
        [Speech("source", [(0, length)])],
        coders=tuple(by_coder),
        codes={"code": "code"},
        unit=Unit.CHARACTER,
    )
    return code_agreement(ratings)[0].values


def krippendorff_1995(oracle):
    found = {}
    for example, entry in oracle.items():
        drawn = {coder: spans for coder, spans in entry.items() if coder != "expect"}
        if drawn:
            numbers = on_characters(drawn, 24)
            found[example] = {
                "cohen": numbers[Measure.COHEN],
                "scott_pi": numbers[Measure.SCOTT],
                "alpha": numbers[Measure.ALPHA],
                "ac1": numbers[Measure.AC1],
            }
    return found


def krippendorff_2004(oracle):
    begin, length = (int(oracle["continuum"][key]) for key in ("begin", "length"))
    codings = [coding for code in ("c", "k") for coding in codings_of(code, oracle[f"code_{code}"])]
    ground = [Speech("source", [(begin, begin + length)])]
    sources = continua(codings, ground, coders=("i", "j"), codes={"c": "c", "k": "k"})
    agreement = unitizing_agreement(sources, ("c", "k"), 2)
    alone = {code: unitizing_alpha(length, *sources[0].spans[code]) for code in ("c", "k")}
    assert [each.value for each in agreement.codes] == [alone["c"].value, alone["k"].value]
    return {
        "Do_c": alone["c"].observed,
        "De_c": alone["c"].expected,
        "alpha_c": alone["c"].value,
        "De_k": alone["k"].expected,
        "alpha_k": alone["k"].value,
        "alpha_total": agreement.overall.value,
    }


def nvivo(oracle):
    chars = {name: int(count) for name, count in oracle["chars"].items()}
    by_split = {}
    for split in oracle["expect"]["kappa_by_split_recomputed"]:
        first, second = map(int, split.split("/"))
        assert first + second == chars["only_one"]
        by_split[split] = PairTable.binary(chars["neither"], second, first, chars["both"])
    kappas = {split: cohen_kappa(table) for split, table in by_split.items()}
    assert {table.units for table in by_split.values()} == {chars["total"]}
    return {
        "percent": next(iter(kappas.values())).observed,
        "kappa_by_split_recomputed": {split: kappa.value for split, kappa in kappas.items()},
    }


def sets_of_codes(oracle):
    bits = {"A": 1, "B": 2, "C": 4}
    units = Counter(tuple(sum(bits[code] for code in label) for label in unit.split(" ")) for unit in oracle["units"])
    found = {name: agreement_of_sets([units], each) for name, each in distance.SET_DISTANCES.items()}
    return {
        "alpha_set_distance": found["passonneau"].value,
        "Do": found["passonneau"].observed,
        "De": found["passonneau"].expected,
        "alpha_jaccard_recomputed": found["jaccard"].value,
        "alpha_masi_1_minus_JM_recomputed": found["masi"].value,
    }


CALCULATORS = {
    "K2011_C_4coders": four_coders,
    "wiki_3coders_missing": three_coders,
    "binary_10_units": two_coders,
    "ben_gerry_12": two_coders,
    "K1980_p139_3coders": krippendorff_1980,
    "HayesKrippendorff2007_p84": hayes_krippendorff,
    "Artstein_Poesio_2008_table1": contingency,
    "Artstein_Poesio_2008_table4": contingency,
    "Cohen_1960_p45": contingency,
    "Fleiss_1971": fleiss_1971,
    "Fleiss_10x5_14raters": fleiss_table,
    "Gwet_3x3_abstractors": contingency,
    "Gwet_4x4_diagnosis": contingency,
    "Gwet_kappa_paradox_10": gwet_paradox,
    "Krippendorff_1995_digitised": krippendorff_1995,
    "Krippendorff_2004_unitizing_p254": krippendorff_2004,
    "NVivo_1000_chars": nvivo,
    "set_valued_multilabel": sets_of_codes,
}
