"""Student's t distribution, for intervals from few interviews."""

from __future__ import annotations

from math import cos, pi, sin, sqrt, tan

_HALVINGS = 60


def t_quantile(level: float, degrees: int) -> float:
    """Give the t that holds `level` (0 to 1, both sides together) of the distribution with `degrees` of freedom.

    The distribution function is the finite sum of Abramowitz, M., & Stegun, I. A. (1964), Handbook of Mathematical
    Functions, 26.7.3 and 26.7.4; it is inverted by halving.
    """
    low, high = 0.0, pi / 2
    for _ in range(_HALVINGS):
        angle = (low + high) / 2
        if _within(angle, degrees) < level:
            low = angle
        else:
            high = angle
    return sqrt(degrees) * tan(low)


def t_interval(value: float, error: float, degrees: int, level: float) -> tuple[float, float]:
    """Give `value` less and plus the t of `degrees` and `level` times the standard error, never above 1.

    No coefficient of agreement can be above 1.
    """
    reach = t_quantile(level, degrees) * error
    return value - reach, min(1.0, value + reach)


def _within(angle: float, degrees: int) -> float:
    """Give the share of the distribution within +-t, where t = sqrt(degrees) * tan(angle)."""
    odd = degrees % 2
    term = cos(angle) if odd else 1.0
    series = 0.0
    for step in range(1 + odd, degrees, 2):
        series += term
        term *= step / (step + 1) * cos(angle) ** 2
    return (angle + sin(angle) * series) * 2 / pi if odd else sin(angle) * series
