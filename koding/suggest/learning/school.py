"""The school: a process that learns from a coder's codings, or tries out what is learned (see `lessons`).

    python -m koding.suggest.learning.school

One order comes on standard input; on standard output come lines of progress, and at last the result or a fault.
"""

from __future__ import annotations

import json
import os
import sys
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from koding.errors import KodingError
from koding.i18n import _
from koding.suggest.learning.lessons import Order, Task

#: Lower priority for the whole process: typing comes first.
NICENESS: Final = 10


def _say(out: BinaryIO, record: Mapping[str, Any]) -> None:
    out.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    out.flush()


def work(line: bytes, out: BinaryIO) -> None:
    """Carry out an order. Raises KeyError, TypeError or ValueError for what is none."""
    os.environ["KODING_LANG"] = str(json.loads(line.decode("utf-8", "surrogatepass"))["language"])
    order = Order.read(line)
    from koding.suggest.learning.evaluate import evaluate
    from koding.suggest.learning.learned_json import pack
    from koding.suggest.learning.teaching import Teacher

    teacher = Teacher(order.codebook)
    if order.task is Task.EVALUATE:
        units = evaluate(teacher, order.lessons, lambda done, of: _say(out, {"done": done, "of": of}))
        _say(out, {"units": units})
        return
    learned = teacher.learn(order.lessons)
    _say(out, {"learned": b64encode(pack(learned) if learned is not None else b"").decode("ascii")})


def main() -> int:
    """Run the school on this process's own standard streams; give the exit code."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    # One thread adds numbers up in one order: the same lessons teach the same to the last digit.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    out = sys.stdout.buffer
    # Nothing but messages may reach the client: what a library prints goes to standard error.
    sys.stdout = sys.stderr
    try:
        work(sys.stdin.buffer.readline(), out)
    except (KeyError, TypeError, ValueError) as fault:
        _say(out, {"fault": _("the order is not complete ({fault}).").format(fault=fault)})
        return KodingError.exit_code
    except ImportError as fault:
        _say(out, {"fault": _("a library is missing ({name}); install koding again.").format(name=fault.name or fault)})
        return KodingError.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
