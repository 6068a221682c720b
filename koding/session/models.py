"""The Bokmål model nb_core_news_sm: whether it is there, and installing it, with a network and without.

spaCy is not imported here: what is known comes from the packages' own records, and a trial runs in a process.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from koding.errors import KodingError
from koding.i18n import _
from koding.suggest.language.pipeline import MODEL

_WHEEL: Final = re.compile(rf"{MODEL}-(?P<version>[^-]+)-.+\.whl", re.IGNORECASE)
#: What pip and `spacy download` say where there is no way to the internet.
_NO_NETWORK: Final = re.compile(
    r"ConnectionError|Max retries|NameResolution|name resolution|NewConnection|getaddrinfo|"
    r"Network is unreachable|ProxyError|No matching distribution|timed out|Timeout|SSLError|Connection refused",
    re.IGNORECASE,
)
_TRIAL: Final = f"import spacy; spacy.load({MODEL!r})"


class ModelInstallFault(KodingError):
    """The model could not be installed."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """How it is with the model; versions are "" where the package is not there.

    `fits` tells whether model and spaCy are of the same release, `hidden` whether KODING_MODEL=off keeps it unused.
    """

    version: str
    spacy: str
    fits: bool
    hidden: bool

    @property
    def installed(self) -> bool:
        """Whether the model's package is there."""
        return bool(self.version)

    @property
    def used(self) -> bool:
        """Whether the suggester will use it."""
        return self.installed and self.fits and not self.hidden

    def lines(self) -> list[str]:
        """Give what a person is told."""
        if not self.installed:
            return [
                _("{model} is not installed; suggestions work without it.").format(model=MODEL),
                _(
                    "With it, lemmas and sentences of Bokmål are decided in context; Nynorsk and dialect are read "
                    "the same with and without."
                ),
                _("Install it with: koding model install [FILE]"),
            ]
        found = [_("{model} {version} is installed (spaCy {spacy}).").format(
            model=MODEL, version=self.version, spacy=self.spacy or "-"
        )]  # fmt: skip
        if not self.fits:
            found.append(_("It is made for another release of spaCy and may not load; install one that fits."))
        if self.hidden:
            found.append(_("It is not used: KODING_MODEL=off is set."))
        else:
            found.append(
                _("The suggester takes lemmas and sentences of Bokmål from it, and reads Nynorsk and dialect without.")
            )
        return found


def model_status() -> ModelStatus:
    """Tell how it is with the model."""
    version, spacy = _version(MODEL), _version("spacy")
    fits = not version or version.split(".")[:2] == spacy.split(".")[:2]
    return ModelStatus(version, spacy, fits, os.environ.get("KODING_MODEL", "") == "off")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def install_model(file: Path | None) -> ModelStatus:
    """Install the model from a wheel or a folder that holds one, or from the internet, and try whether it loads.

    Raises:
        ModelInstallFault: there is no such wheel, no pip, no way to the internet, or the model does not load.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelInstallFault(
            _("This Python has no pip to install with."),
            _("Run: {python} -m ensurepip").format(python=sys.executable),
        )
    if file is None:
        _fetch()
    else:
        wheel = find_wheel(file)
        command = ["install", "--no-deps", "--no-index", "--force-reinstall", str(wheel)]
        ran = _run(["-m", "pip", "--disable-pip-version-check", *command])
        if ran.returncode:
            raise ModelInstallFault(
                _("pip could not install {file}: {reason}").format(file=wheel.name, reason=_reason(ran))
            )
    _try()
    importlib.invalidate_caches()
    return model_status()


def find_wheel(file: Path) -> Path:
    """Give the model's wheel: the file itself, or the newest in a folder.

    Raises:
        ModelInstallFault: there is none, or the file is something else.
    """
    if file.is_dir():
        found = [path for path in file.iterdir() if _WHEEL.fullmatch(path.name)]
        if not found:
            raise ModelInstallFault(
                _("There is no wheel of {model} in {folder}.").format(model=MODEL, folder=file),
                _("Put a file called {model}-VERSION-py3-none-any.whl there.").format(model=MODEL),
            )
        file = max(found, key=_wheel_version)
    elif not file.exists():
        raise ModelInstallFault(_("There is no file {file}.").format(file=file))
    if not _is_model(file):
        raise ModelInstallFault(
            _("{file} is not a wheel of {model}.").format(file=file.name, model=MODEL),
            _("Its name is {model}-VERSION-py3-none-any.whl.").format(model=MODEL),
        )
    return file


def _wheel_version(path: Path) -> tuple[tuple[int, ...], str]:
    named = _WHEEL.fullmatch(path.name)
    version = named["version"] if named else ""
    return tuple(int(number) for number in re.findall(r"\d+", version)), path.name


def _is_model(file: Path) -> bool:
    if not _WHEEL.fullmatch(file.name):
        return False
    try:
        with zipfile.ZipFile(file) as wheel:
            meta = json.loads(wheel.read(f"{MODEL}/meta.json"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return False
    return isinstance(meta, dict) and f"{meta.get('lang')}_{meta.get('name')}" == MODEL


def _fetch() -> None:
    ran = _run(["-m", "spacy", "download", MODEL])
    if not ran.returncode:
        return
    if _NO_NETWORK.search(ran.stdout + ran.stderr):
        raise ModelInstallFault(
            _("The model could not be fetched: there is no way to the internet from here."),
            _("Fetch its wheel on another machine, and run: koding model install FILE"),
        )
    raise ModelInstallFault(_("spaCy could not fetch the model: {reason}").format(reason=_reason(ran)))


def _try() -> None:
    ran = _run(["-c", _TRIAL])
    if ran.returncode:
        raise ModelInstallFault(
            _("The model is in place and does not load: {reason}").format(reason=_reason(ran)),
            _("Suggestions go on without it. Install a model of the same release as spaCy."),
        )


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PIP_NO_INPUT": "1", "NO_COLOR": "1"},
    )


def _reason(ran: subprocess.CompletedProcess[str]) -> str:
    """Give the one line of a program's output that says most."""
    lines = [line.strip() for line in (ran.stdout + "\n" + ran.stderr).splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"(?:ERROR|error|✘|\w*Error)\b", line)]
    last = (named or lines or [_("exit code {code}").format(code=ran.returncode)])[-1 if not named else 0]
    return last.removeprefix("ERROR:").strip()
