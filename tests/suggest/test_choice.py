"""The choice among codes and silence: it finds what made the codings, keeps to its prior, and is the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from koding.suggest.learning.choice import Choice, Scale

PAIR = Scale(np.zeros(3), np.ones(3))
SILENCE = Scale(np.zeros(1), np.ones(1))
NOTHING = Choice(PAIR, SILENCE, np.zeros(3), np.zeros(2))
TRUTH = Choice(PAIR, SILENCE, np.array([2.0, -1.0, 0.0]), np.array([0.5, 1.0]))


@pytest.fixture
def talk():
    random = np.random.default_rng(7)
    features = random.normal(size=(3_000, 4, 3)).astype(np.float32)
    silence = random.normal(size=(3_000, 1)).astype(np.float32)
    chances = TRUTH.chances(features, silence)
    drawn = random.random(3_000)[:, None] < np.cumsum(chances, 1)
    coded = drawn & (np.cumsum(drawn, 1) == 1)
    return features, silence, coded


def test_it_finds_the_weights_that_made_the_codings(talk):
    features, silence, coded = talk
    found = NOTHING.fitted(features, silence, coded, np.ones(len(coded)), trust=100.0)
    assert found.weights == pytest.approx(TRUTH.weights, abs=0.2)
    assert found.silent_weights == pytest.approx(TRUTH.silent_weights, abs=0.2)


def test_its_probabilities_are_as_often_true_as_they_say(talk):
    features, silence, coded = talk
    chances = NOTHING.fitted(features, silence, coded, np.ones(len(coded)), trust=100.0).chances(features, silence)
    assert chances.mean(0) == pytest.approx(coded.mean(0), abs=0.02)


def test_codes_and_silence_share_a_sentence(talk):
    features, silence, _coded = talk
    total = TRUTH.chances(features, silence).sum(1)
    assert (total > 0).all()
    assert (total < 1).all()


def test_without_codings_the_prior_stays():
    features = np.zeros((0, 4, 3), np.float32)
    found = TRUTH.fitted(features, np.zeros((0, 1), np.float32), np.zeros((0, 4), bool), np.zeros(0), trust=1.0)
    assert found.weights == pytest.approx(TRUTH.weights)


def test_the_less_the_codings_are_trusted_the_nearer_is_the_prior(talk):
    features, silence, coded = (each[:60] for each in talk)
    away = [
        np.abs(NOTHING.fitted(features, silence, coded, np.ones(60), trust=trust).weights).sum()
        for trust in (0.001, 0.1, 10.0)
    ]
    assert away == sorted(away)
    assert away[0] < 0.1 * away[-1]


def test_a_sentence_that_stands_for_three_is_three_sentences(talk):
    features, silence, coded = (each[:300] for each in talk)
    shares = np.where(np.arange(300) < 100, 3.0, 1.0)
    times = shares.astype(int)
    weighed = NOTHING.fitted(features, silence, coded, shares, trust=1.0)
    repeated = NOTHING.fitted(
        np.repeat(features, times, 0), np.repeat(silence, times, 0), np.repeat(coded, times, 0), np.ones(500), trust=1.0
    )
    assert weighed.weights == pytest.approx(repeated.weights, abs=1e-3)


def test_codings_that_a_feature_tells_wholly_do_not_break_it():
    features = np.zeros((4, 2, 3), np.float32)
    features[:2, 0, 0] = 1
    coded = features[..., 0] > 0
    silence = np.zeros((4, 1), np.float32)
    chances = NOTHING.fitted(features, silence, coded, np.ones(4), trust=100.0).chances(features, silence)
    assert (chances[:2, 0] > 0.5).all()
    assert (chances[2:] < 0.5).all()


def test_weights_of_unscaled_features_are_told(talk):
    features, silence, _coded = talk
    scaled = Choice(Scale(np.full(3, 5.0), np.full(3, 2.0)), SILENCE, TRUTH.weights * 2, TRUTH.silent_weights)
    assert scaled.raw_weights == pytest.approx(TRUTH.weights)
    # The mean shifts all codes alike against silence, and not against each other.
    odds = np.log(scaled.chances(features, silence) / TRUTH.chances(features, silence))
    assert odds.std(1) == pytest.approx(np.zeros(len(odds)), abs=1e-3)
