"""Dropped files on a real folder: no name, size, date or kind of one stops another."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from jobs import file_moves
from jobs.bps.downloads import read_downloads
from jobs.budget.files import read_budget_files
from jobs.prices.files import read_price_files
from jobs.workspace import Workspace
from tests.jobs.given.dropping import Drop
from tests.jobs.given.shop import NOON, OLD, PRICES, Shop, lying, outcomes

SUBJECTS = {"harga": read_price_files, "anggaran": read_budget_files, "bps": read_downloads}


# --- names --------------------------------------------------------------------------------------

STRANGE = {
    "not UTF-8": b"a harga \xff\xfe pasar.csv",
    "a line break and a bell": b"a harga\n\x07 pasar.csv",
    "as long as the system allows": b"a" * 251 + b".csv",
    "long in letters of three bytes": "a漢".encode() * 62 + b".csv",
}


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_strange_name_stops_no_file_after_it(workspace: Workspace, drop: Drop, subject: str, name: bytes):
    drop(name, b"\xff\xd8 foto", subject)
    drop("z.jpg", b"\xff\xd8 foto lain", subject)
    result = SUBJECTS[subject](workspace)
    assert outcomes(result) == ["refused", "refused"]
    assert lying(workspace, "masuk", subject) == {}
    aside = lying(workspace, "karantina", subject)
    assert len(aside) == 4, "each with its note"
    assert b"\xff\xd8 foto" in aside.values()
    for shown in (result.as_text(), json.dumps(result.as_dict(), ensure_ascii=False), *aside):
        shown.encode("utf-8")
        assert "\x07" not in shown


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_good_file_with_a_strange_name_is_taken(workspace: Workspace, drop: Drop, name: bytes):
    drop(name, PRICES, "harga")
    (file,) = read_price_files(workspace).files
    assert (file.outcome, file.stored.new) == ("taken", 1)
    (archived,) = lying(workspace, "arsip", "harga")
    assert archived.endswith(".csv")
    assert file.moved_to == f"arsip/harga/{archived}"


# --- sizes --------------------------------------------------------------------------------------


def test_three_files_that_are_too_large_lie_beside_each_other(workspace: Workspace, drop: Drop):
    for extra in (1, 2, 3):
        path = drop("besar.xlsx", b"", "harga")
        os.truncate(path, file_moves.MAX_BYTES + extra)
        os.utime(path, (OLD, OLD))
        (file,) = read_price_files(workspace).files
        assert file.outcome == "refused"
        assert "lebih besar dari 100 MB" in file.problems[0]
    aside = workspace.settings.home / "karantina" / "harga"
    sizes = {path.name: path.stat().st_size - file_moves.MAX_BYTES for path in aside.glob("*.xlsx")}
    assert sizes == {"besar.xlsx": 1, "besar (2).xlsx": 2, "besar (3).xlsx": 3}
    assert {path.name for path in aside.glob("*.txt")} == {f"{name}.txt" for name in sizes}


# --- dates --------------------------------------------------------------------------------------


def test_a_file_dated_in_the_future_is_taken_when_it_stands_still_and_that_is_told(shop: Shop, drop: Drop):
    drop("a.csv", at=NOON + 10 * 365 * 86400)
    drop("b.csv")
    result = shop.read()
    assert outcomes(result) == ["taken", "taken"]
    assert shop.pauses == [2.0], "one wait for the whole folder"
    (remark,) = result.remarks
    assert "'a.csv' bertanggal 28 Januari 2034 pukul 18.20 WIB" in remark
    assert "jam mesin ini 31 Januari 2024 pukul 18.20 WIB" in remark
    assert "cocokkan jam komputer" in remark
    assert remark in result.as_text()
    assert remark in result.warnings


def test_a_date_that_no_calendar_has_holds_nothing_up(shop: Shop, drop: Drop):
    path = drop("a.csv")
    os.utime(path, (2**55, 2**55))
    if path.stat().st_mtime < 2**40:
        pytest.skip("this file system has no such date")
    assert outcomes(shop.read()) == ["taken"]


def test_a_file_dated_in_the_future_that_still_changes_waits(shop: Shop, drop: Drop):
    drop("a.csv", at=NOON + 86400)
    shop.on_pause = lambda: drop("a.csv", b"lebih banyak", at=NOON + 86400)
    result = shop.read()
    assert (outcomes(result), result.remarks) == (["waiting"], ())
    shop.on_pause = lambda: None
    assert outcomes(shop.read()) == ["taken"]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_file_that_changed_just_now_waits_without_holding_the_run(shop: Shop, drop: Drop, seconds: int):
    drop("a.csv", at=NOON + seconds)
    assert outcomes(shop.read()) == ["waiting"]
    assert shop.pauses == []


# --- what is no file ----------------------------------------------------------------------------


def test_links_folders_pipes_and_sockets_are_left_and_told_once(
    workspace: Workspace, shop: Shop, drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    secret = tmp_path / "rahasia.csv"
    secret.write_bytes(PRICES)
    inbox = drop("z.csv").parent
    (inbox / "tautan.csv").symlink_to(secret)
    (inbox / "dalam").mkdir()
    os.mkfifo(inbox / "pipa.csv")
    monkeypatch.chdir(inbox)  # the name of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("soket.csv")
        result = shop.read()
    assert outcomes(result) == ["taken"]
    assert result.remarks == (
        "Bukan berkas, jadi dilewati di masuk/coba: map 'dalam', pipa 'pipa.csv', soket 'soket.csv', tautan "
        "'tautan.csv'. Yang perlu dilakukan: taruh berkasnya sendiri langsung di map itu.",
    )
    assert secret.read_bytes() == PRICES
    assert (inbox / "tautan.csv").is_symlink()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_tells_of_a_link(workspace: Workspace, drop: Drop, subject: str):
    inbox = drop(".apa", folder=subject).parent
    (inbox / "buku.pdf").symlink_to("/etc/hostname")
    result = SUBJECTS[subject](workspace)
    assert result.files == ()
    assert f"masuk/{subject}: tautan 'buku.pdf'" in result.full_message
    assert result.told
    assert result.as_dict()["remarks"] == list(result.remarks)


def test_the_folder_for_attachments_is_known(workspace: Workspace):
    read_budget_files(workspace)
    assert read_budget_files(workspace).remarks == ()
