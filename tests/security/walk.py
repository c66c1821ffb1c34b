"""The calls of the walks: every address of the application, filled in from either school."""

from collections.abc import Iterator, Mapping
from itertools import compress, product

from flask import Flask
from werkzeug.routing import Rule

from app.core.guards import guard_name
from tests.architecture.matrix import UNCALLED, Call, fill, part
from tests.security.schools import School


def every_call(app: Flask, school: School) -> list[Call]:
    """Every method of every address with what belongs together in one school."""
    return [
        call
        for rule in _rules(app)
        for slug in _slugs(rule, school)
        for call in _calls(app, rule, {**_parts(rule, school), **slug})
    ]


def foreign_calls(app: Flask, school: School) -> list[Call]:
    """Every address that names something, naming what is the school's."""
    return [call for call in every_call(app, school) if "<" in call.name]


def mixed_calls(app: Flask, own: School, foreign: School) -> list[Call]:
    """Every address below a course of one's own, with something of the other school's below it."""
    mixed: list[Call] = []
    for rule in _rules(app):
        ours, theirs = _parts(rule, own), _parts(rule, foreign)
        below = [n for n in ours if n != "slug" and ours[n] != theirs[n]]
        if "slug" not in ours or not below:
            continue
        for slug, choice in product(_slugs(rule, own), product((False, True), repeat=len(below))):
            strange = {name: theirs[name] for name in compress(below, choice)}
            if strange:
                mixed += _calls(app, rule, {**ours, **slug, **strange})
    return mixed


def _rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def _slugs(rule: Rule, school: School) -> list[dict[str, str]]:
    """The courses that an address is tried with: the published one and the draft."""
    if "slug" not in rule.arguments:
        return [{}]
    return [{"slug": school.parts["slug"]}, {"slug": school.draft_slug}]


def _parts(rule: Rule, school: School) -> dict[str, str]:
    return {name: part(rule, name, school.parts) for name in sorted(rule.arguments)}


def _calls(app: Flask, rule: Rule, parts: Mapping[str, str]) -> Iterator[Call]:
    guard = guard_name(app.view_functions[rule.endpoint]) or "NO GUARD"
    for method in sorted((rule.methods or set()) - UNCALLED):
        yield Call(f"{method:<6} {rule.rule}", method, fill(rule, parts), guard)
