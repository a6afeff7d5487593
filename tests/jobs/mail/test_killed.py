"""A sender that is killed anywhere: every mail arrives, and doubles only where SMTP cannot tell."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from email import message_from_bytes

import pytest

from core.settings import PROJECT
from jobs.mail.send import send_due
from models.session import open_engine
from tests.jobs.given.mail_server import scripted
from tests.jobs.given.outbox import HEAD, INSPECTOR, NOW, outbox, queue

PROGRAM = "from commands.main import run; run()"
WAIT = 60
EARLY = ["HELLO", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.fixture
def office(empty_database, tmp_path):
    """A database with two mails for two, its engine, and how ``lkjip send`` is started on it."""
    file = tmp_path / "lkjip.sqlite"
    shutil.copy(empty_database, file)
    engine = open_engine(f"sqlite:///{file}")
    queue(engine, count=2)

    def start(url):
        environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("LKJIP_")},
            "LKJIP_ENV_FILE": "", "LKJIP_LOOPBACK_ONLY": "1", "LKJIP_HOME": str(tmp_path),
            "LKJIP_SMTP_URL": url, "LKJIP_TODAY": f"{NOW:%Y-%m-%d}", "PYTHONPATH": str(PROJECT),
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "send"], env=environment, cwd=PROJECT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    yield file, engine, start
    engine.dispose()


def ids(server):
    return [str(message_from_bytes(content)["Message-ID"]) for _, content in server.taken]


def killed_at(office, word, *, after=False, locked=False):
    """Kill the first sender at a word of the conversation, then let another one finish; what arrived.

    Args:
        word: Where it is killed: before its answer.
        after: When the answer has gone out.
        locked: While the database keeps the sender from writing down what it was answered.
    """
    file, engine, start = office
    began, dead = threading.Event(), threading.Event()

    def kill():
        if not dead.is_set():
            began.wait(WAIT)
            sender.send_signal(signal.SIGKILL)
            sender.wait()
            dead.set()

    with closing(sqlite3.connect(file, check_same_thread=False, isolation_level=None)) as other:

        def lock_and_answer(_):
            if locked and not dead.is_set():
                other.execute("BEGIN IMMEDIATE")
            return "250 2.0.0 queued"

        def kill_and_answer(line):
            kill()
            return answers[word]

        with scripted() as server:
            answers = dict(server.answers)
            server.answers["END"] = lock_and_answer
            if after:
                server.after = {word: kill}
            else:
                server.answers[word] = kill_and_answer
            sender = start(server.url)
            began.set()
            assert dead.wait(WAIT)
            if locked:
                other.execute("ROLLBACK")
            assert send_due(engine, server.url, NOW).waiting == 0
    assert [mail.accepted for mail in outbox(engine)] == [[HEAD, INSPECTOR]] * 2
    assert all(addresses == [HEAD, INSPECTOR] for addresses, _ in server.taken)
    return ids(server)


ONCE = ["<lkjip-2023-1@dinas.example>", "<lkjip-2023-2@dinas.example>"]


def test_killed_between_the_answer_and_the_commit_sends_the_same_message_id_twice(office):
    assert killed_at(office, "END", after=True, locked=True) == [ONCE[0], *ONCE]


def test_killed_after_the_commit_sends_nothing_twice(office):
    assert killed_at(office, "QUIT") == ONCE


@pytest.mark.sweep
@pytest.mark.parametrize("word", EARLY)
@pytest.mark.parametrize("after", [False, True])
def test_killed_before_the_whole_mail_was_there_sends_it_once(office, word, after):
    assert killed_at(office, word, after=after) == ONCE


@pytest.mark.sweep
def test_killed_before_the_answer_to_the_whole_mail_sends_it_again(office):
    assert killed_at(office, "END") == [ONCE[0], *ONCE]
