"""Run by a Python that knows LibreOffice (uno): settle all tracked changes of Word files, in one start.

python accept_in_libreoffice.py PROFILE accept[,reject] FILE…
                                  writes FILE with .diterima.docx or .ditolak.docx behind its name
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def connected(pipe: str) -> Any:
    """The running LibreOffice's components, once it listens."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    ends = time.monotonic() + 60
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > ends:
                raise
            time.sleep(0.3)


def setting(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


WAYS = {"accept": ("AcceptAllTrackedChanges", "diterima"), "reject": ("RejectAllTrackedChanges", "ditolak")}


def main(profile: str, ways: str, files: list[str]) -> None:
    pipe = f"lkjip{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        context = connected(pipe)
        make = context.ServiceManager.createInstanceWithContext
        desktop = make("com.sun.star.frame.Desktop", context)
        dispatcher = make("com.sun.star.frame.DispatchHelper", context)
        for file, way in ((file, way) for file in files for way in ways.split(",")):
            command, ending = WAYS[way]
            document = desktop.loadComponentFromURL(
                Path(file).as_uri(), "_blank", 0, (setting("Hidden", True),)
            )
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())
            form = setting("FilterName", "MS Word 2007 XML")
            document.storeToURL(Path(f"{file}.{ending}.docx").as_uri(), (form,))
            document.close(True)
        with contextlib.suppress(Exception):  # it goes while it answers
            desktop.terminate()
        office.wait(30)
    finally:
        office.kill()
        office.wait(10)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
