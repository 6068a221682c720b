"""A comparison of coders as it is written: the table, and the plain reading of what the numbers allow."""

from __future__ import annotations

from koding.i18n import _, ngettext
from koding.session.agreeing import AgreementReport
from koding.writers.agreement import AgreementTable

#: Krippendorff (2004, p. 241): rely on alpha from .800, draw tentative conclusions from .667.
_RELIABLE, _TENTATIVE = 0.8, 0.667


def reading(report: AgreementReport) -> str:
    """Say plainly what was compared and what the numbers allow."""
    value = report.overall.value
    lines = [_("Round {name}.").format(name=report.round)] if report.round else []
    lines += [
        ngettext(
            "Compared on {count} source that two or more of the coders have gone through.",
            "Compared on {count} sources that two or more of the coders have gone through.",
            len(report.sources),
        ).format(count=len(report.sources)),
        _("Only informants' speech is compared; interviewers' turns are no units."),
        _("Units that nobody coded are left out.")
        if report.uncoded.value == "out"
        else _("Units that nobody coded are in, as agreement that no code applies."),
        _("n is the number of units compared; the coders' columns say how many each gave the code."),
        _("Intervals resample interviews (seed {seed}); codes with few units have wide ones.").format(seed=report.seed),
    ]
    if value is None:
        lines.append(_("Over all codes alpha is not defined."))
    elif value >= _RELIABLE:
        lines.append(_("Over all codes alpha is {value:.3f}: the codings can be relied on.").format(value=value))
    elif value >= _TENTATIVE:
        lines.append(_("Over all codes alpha is {value:.3f}: enough for tentative conclusions.").format(value=value))
    else:
        lines.append(
            _(
                "Over all codes alpha is {value:.3f}, below 0.667: talk through the disagreements and sharpen the "
                "definitions before conclusions rest on these codes."
            ).format(value=value)
        )
    return " ".join(lines)


def agreement_table(report: AgreementReport) -> AgreementTable:
    """Give what the writers take."""
    return AgreementTable(
        report.study,
        report.coders,
        report.unit.value,
        report.uncoded.value,
        report.sources,
        report.codes,
        report.overall,
        report.unitizing,
        reading(report),
        report.round,
    )
