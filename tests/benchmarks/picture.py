"""Curves as an SVG picture, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 420, 60, 190, 20, 45
_COLOURS = ("#1b6ca8", "#d1495b", "#2e8b57", "#8a5fbf", "#c77700", "#5a6b7b", "#00798c", "#a23b72")


class Line(NamedTuple):
    """One curve: its name, and its points (articles, seconds), all above 0."""

    name: str
    points: list[tuple[float, float]]


def curves(lines: list[Line]) -> str:
    """The picture."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    across, up = _scale(xs, _LEFT, _WIDTH - _RIGHT), _scale(ys, _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for power in _powers(xs):
        x = across(10**power)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{10**power:,.0f}</text>')
    for power in _powers(ys):
        y = up(10**power)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,g} s</text>')
    parts.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">articles</text>')
    labels: list[float] = []
    for number, line in sorted(enumerate(lines), key=lambda each: up(each[1].points[-1][1])):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [(across(x), up(y)) for x, y in line.points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        labels.append(max(points[-1][1], labels[-1] + 15 if labels else 0))
        parts.append(
            f'<text x="{_WIDTH - _RIGHT + 10}" y="{labels[-1] + 4:.1f}" fill="{colour}">{escape(line.name)}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _powers(values: list[float]) -> range:
    return range(floor(log10(min(values))), ceil(log10(max(values))) + 1)


def _scale(values: list[float], start: float, end: float) -> Callable[[float], float]:
    powers = _powers(values)
    low, high = powers[0], max(powers[-1], powers[0] + 1)
    return lambda value: start + (log10(value) - low) / (high - low) * (end - start)
