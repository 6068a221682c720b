"""The line that is learned: it finds what made the truths, weighs rows, and is the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from koding.suggest.learning.logistic import fit, sigmoid


@pytest.fixture
def rows():
    random = np.random.default_rng(7)
    features = random.normal(size=(4_000, 3)).astype(np.float32)
    chances = sigmoid(features @ np.array([2.0, -1.0, 0.0]) - 1.5)
    return features, random.random(4_000) < chances


def test_it_finds_the_line_that_made_the_truths(rows):
    features, truths = rows
    line = fit(features, truths, np.ones(len(truths)))
    assert line.weights == pytest.approx([2.0, -1.0, 0.0], abs=0.2)
    assert line.constant == pytest.approx(-1.5, abs=0.2)


def test_its_probabilities_are_as_often_true_as_they_say(rows):
    features, truths = rows
    chances = fit(features, truths, np.ones(len(truths))).probabilities(features)
    assert chances.mean() == pytest.approx(truths.mean(), abs=1e-3)


def test_a_row_that_stands_for_three_is_three_rows(rows):
    features, truths = rows[0][:300], rows[1][:300]
    shares = np.where(np.arange(300) < 100, 3.0, 1.0)
    weighed = fit(features, truths, shares)
    repeated = fit(np.repeat(features, shares.astype(int), 0), np.repeat(truths, shares.astype(int)), np.ones(500))
    assert weighed.weights == pytest.approx(repeated.weights, abs=1e-3)


def test_a_feature_that_never_changes_has_no_weight(rows):
    features, truths = rows
    still = np.hstack([features, np.full((len(features), 1), 0.5, np.float32)])
    assert fit(still, truths, np.ones(len(truths))).weights[-1] == 0


def test_truths_that_a_feature_tells_apart_wholly_do_not_break_it():
    features = np.array([[0.0], [0.0], [1.0], [1.0]], np.float32)
    chances = fit(features, np.array([False, False, True, True]), np.ones(4)).probabilities(features)
    assert (chances[:2] < 0.5).all()
    assert (chances[2:] > 0.5).all()


def test_a_line_can_be_moved_by_another(rows):
    features, truths = rows
    line = fit(features, truths, np.ones(len(truths)))
    by = fit(line.values(features)[:, None].astype(np.float32), truths, np.ones(len(truths)))
    moved = line.moved(by).values(features)
    assert moved == pytest.approx(by.weights[0] * line.values(features) + by.constant)
