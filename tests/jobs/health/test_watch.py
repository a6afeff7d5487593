"""``lkjip watch``: one look from outside, against a Prefect server, a mail server and a database."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from connectors.prefect_server import PrefectServer
from core import dates
from core.errors import AgencyDataError, DeliveryError, SettingsError, StorageError
from core.settings import PROJECT
from jobs.health.troubles import known_keys
from jobs.health.watch import send_test, watch
from models.bps.polls import finish_poll
from models.session import open_session
from standins.mail import listening
from standins.serving import Reply

from .conftest import KEY, TECHNICIAN

DAY = date(2024, 4, 5)
HOUR = timedelta(hours=1)
GONE = Reply(503, "application/json", b"{}")


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def look(prefect, space):
    """One look, with a second one when needed at once; keywords are settings."""

    def once(day=DAY, *, describe=lambda: "Semua baik.", sleep=lambda _: None, **changes):
        office = space(day, **changes)
        return watch(office, PrefectServer(office.settings.prefect_api_url), describe=describe, sleep=sleep)

    return once


@pytest.fixture
def subjects(mails):
    """What the technician was told, apart from the mail of the month."""
    return lambda: [mail["Subject"] for mail in mails() if "Masih hidup" not in mail["Subject"]]


def test_when_all_is_well_only_the_mail_of_the_month_goes_out(look, mails):
    watched = look()
    assert watched.findings == watched.opened == watched.closed == ()
    assert (watched.alive, watched.sent, watched.unsent) == (True, 1, "")
    assert watched.as_text().splitlines()[0] == "Semua berjalan."
    [mail] = mails()
    assert mail["Subject"] == "[LKjIP] Masih hidup: sumenep-dkupp, semua tahun yang terbuka"
    assert "Semua baik." in mail.get_content()


def test_the_mail_of_the_month_comes_once_a_month(look, mails):
    alive = [look(day).alive for day in (DAY, DAY, date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 2))]
    assert alive == [True, False, False, True, False]
    assert len(mails()) == 2


def test_how_things_stand_is_computed_only_for_the_mail_of_the_month(look):
    asked = []
    for _ in range(3):
        look(describe=lambda: asked.append(1) or "Semua baik.")
    assert asked == [1]


def test_installations_of_one_contact_have_each_their_mail_of_the_month(look, mails, tmp_path):
    look()
    look(home=tmp_path / "kerja-lain")
    assert len({mail["Message-ID"] for mail in mails()}) == 2


def break_server(prefect):
    prefect.instead = GONE


def break_plan(prefect):
    prefect.forget_runs()


def break_worker(prefect):
    prefect.pools["lkjip"] = []


def be_late(prefect):
    prefect.add_run(prefect.deployment, "SCHEDULED", expected=dates.now() - HOUR)


def hang(prefect):
    began = dates.now() - 3 * HOUR
    prefect.add_run(prefect.deployment, "RUNNING", expected=began, started=began)


def fail(prefect):
    prefect.add_run(prefect.deployment, "FAILED", expected=dates.now() - HOUR, ended=dates.now() - HOUR)


@pytest.mark.parametrize(
    ("go_wrong", "title"),
    [
        (break_server, "Server Prefect tidak menjawab"),
        (break_plan, "Alur kirim-laporan (kotak-keluar) tidak direncanakan"),
        (break_worker, "Tidak ada pekerja untuk kolam lkjip"),
        (be_late, "Jalan yang direncanakan tidak dimulai (kolam lkjip)"),
        (hang, "Alur kirim-laporan berjalan terlalu lama"),
        (fail, "Alur kirim-laporan gagal (sumenep-dkupp, semua tahun)"),
    ],
)
def test_what_no_hook_can_see_is_mailed_once(prefect, look, subjects, go_wrong, title):
    go_wrong(prefect)
    assert look().opened == (title,)
    assert look().opened == ()
    assert subjects() == [f"[LKjIP] Masalah: {title}"]


def test_what_is_over_is_mailed_once(prefect, look, subjects):
    prefect.instead = GONE
    look()
    prefect.instead = None
    assert look().closed == ("Server Prefect tidak menjawab",)
    look()
    assert subjects()[1:] == ["[LKjIP] Selesai: Server Prefect tidak menjawab"]


def test_a_server_that_is_only_being_started_again_is_forgotten(prefect, look, subjects):
    prefect.instead = GONE
    waited = []

    def come_back(seconds):
        waited.append(seconds)
        prefect.instead = None

    assert look(sleep=come_back).findings == ()
    assert (waited, subjects()) == ([60.0], [])


def test_what_only_the_second_look_sees_waits_for_the_next_time(prefect, look, subjects):
    prefect.instead = GONE

    def come_back_without_a_worker(_):
        prefect.instead = None
        prefect.pools["lkjip"] = []

    assert look(sleep=come_back_without_a_worker).opened == ()
    assert look().opened == ("Tidak ada pekerja untuk kolam lkjip",)


def test_a_known_trouble_that_the_second_look_sees_again_is_not_called_over(prefect, look, subjects):
    prefect.pools["lkjip"] = []
    look()
    prefect.instead = GONE

    def come_back(_):
        prefect.instead = None

    assert look(sleep=come_back).closed == ()
    assert subjects() == ["[LKjIP] Masalah: Tidak ada pekerja untuk kolam lkjip"]


def test_what_is_known_already_is_not_waited_for(prefect, look):
    prefect.instead = GONE
    look()
    look(sleep=lambda _: pytest.fail("waited"))


def test_a_failed_run_needs_no_second_look(prefect, look):
    fail(prefect)
    assert look(sleep=lambda _: pytest.fail("waited")).opened != ()


def poll_bps(office, day, outcome="no_news", domain="3529"):
    with open_session(office.engine) as session:
        finish_poll(
            session, source="bps", domain=domain, outcome=outcome, message="uji", requests=1,
            finished_at=dates.start_of_day(day),
        )  # fmt: skip


def test_a_silent_source_is_mailed_and_so_is_its_next_answer(space, look, subjects):
    poll_bps(space(), DAY - timedelta(days=9))
    assert look().opened == ("BPS tidak memberi kabar",)
    poll_bps(space(), DAY)
    assert look().closed == ("BPS tidak memberi kabar",)
    assert len(subjects()) == 2


def test_data_of_an_office_that_cannot_be_read_are_mailed_and_keep_no_mail_back(look, mails):
    def describe():
        raise AgencyDataError("Instansi 'tidak-ada' tidak ditemukan.")

    watched = look(agency="tidak-ada", describe=describe)
    assert watched.opened == ("Data instansi tidak-ada tidak terbaca",)
    assert (watched.sent, watched.unsent) == (2, "")
    assert "Instansi 'tidak-ada' tidak ditemukan." in mails()[1].get_content()


@pytest.fixture
def second_office(prefect, tmp_path):
    folder = tmp_path / "disperindag"
    shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", folder)
    data = folder / "office.yaml"
    text = data.read_text(encoding="utf-8").replace("id: sumenep-dkupp", "id: disperindag")
    data.write_text(text.replace('"3529"', '"3528"'), encoding="utf-8")
    parameters = {"agency": str(folder), "year": 2023}
    prefect.add_deployment("kirim-laporan", "disperindag", planned=dates.now() + HOUR, parameters=parameters)
    return folder


def test_the_sources_of_an_office_that_only_a_deployment_names_are_looked_at(space, look, second_office):
    poll_bps(space(), DAY - timedelta(days=9), domain="3528")
    look()
    assert known_keys(space()) == {"sumber/bps/3528"}


@pytest.mark.parametrize("cause", ["server", "data"])
def test_a_silent_source_is_not_called_over_while_its_office_cannot_be_looked_at(
    prefect, space, look, second_office: Path, cause
):
    poll_bps(space(), DAY - timedelta(days=9), domain="3528")
    look()
    if cause == "server":
        prefect.instead = GONE
    else:
        (second_office / "office.yaml").write_text("id: [", encoding="utf-8")
    assert look().closed == ()
    assert "sumber/bps/3528" in known_keys(space())


def test_the_data_of_a_second_office_are_mailed_and_again_when_they_are_mended(look, second_office):
    data = second_office / "office.yaml"
    good = data.read_text(encoding="utf-8")
    data.write_text("id: [", encoding="utf-8")
    title = f"Data instansi {second_office} 2023 tidak terbaca"
    assert look().opened == (title,)
    data.write_text(good, encoding="utf-8")
    assert look().closed == (title,)


def test_without_a_mail_server_the_look_says_what_was_not_sent(look, subjects):
    watched = look(smtp_url="")
    assert "LKJIP_SMTP_URL kosong" in watched.unsent
    assert "belum terkirim" in watched.as_text()


def test_with_nobody_to_tell_the_look_still_ends_well(prefect, look, space):
    fail(prefect)
    watched = look(technician="", agency="tidak-ada")
    assert (watched.alive, watched.sent, watched.unsent) == (False, 0, "")
    assert len(watched.opened) == 2


def be_a_folder(database):
    database.unlink()
    database.mkdir()


def be_corrupt(database):
    database.write_bytes(b"bukan basis data " * 4096)


@pytest.mark.parametrize(
    ("spoil", "said"), [(be_a_folder, "tidak dapat dibuka"), (be_corrupt, "bukan basis data SQLite")]
)
def test_a_database_that_cannot_be_used_is_mailed_directly_and_once(
    look, mails, subjects, database, spoil, said
):
    good = database.read_bytes()
    spoil(database)
    for _ in range(3):
        with pytest.raises(StorageError, match=said):
            look()
    assert subjects() == ["[LKjIP] Masalah: Basis data tidak dapat dipakai"]
    assert said in mails()[-1].get_content()
    shutil.rmtree(database) if database.is_dir() else database.unlink()
    database.write_bytes(good)
    for _ in range(2):
        look()
    assert subjects()[1:] == ["[LKjIP] Selesai: Basis data tidak dapat dipakai"]


def test_a_database_that_may_only_be_read_is_mailed_directly_and_once(look, subjects, database):
    for _ in range(2):
        with pytest.raises(StorageError, match="hanya boleh dibaca"):
            look(database_url=f"sqlite:///file:{database}?mode=ro&uri=true")
    assert subjects() == ["[LKjIP] Masalah: Basis data tidak dapat dipakai"]


@pytest.fixture
def broken(database):
    """The office's database is a folder."""
    be_a_folder(database)
    return database


def test_with_a_full_disk_the_mark_stands_elsewhere_and_there_is_still_one_mail(
    broken, look, subjects, monkeypatch, tmp_path, own_temporary_folder
):
    touch = Path.touch

    def full(path, *arguments, **options):
        if path.is_relative_to(tmp_path / "kerja"):
            raise OSError(28, "No space left on device")
        touch(path, *arguments, **options)

    monkeypatch.setattr(Path, "touch", full)
    for _ in range(2):
        with pytest.raises(StorageError):
            look()
    assert len(subjects()) == 1
    assert len(list(own_temporary_folder.iterdir())) == 1
    broken.rmdir()
    look()
    assert subjects()[1:] == ["[LKjIP] Selesai: Basis data tidak dapat dipakai"]
    assert list(own_temporary_folder.iterdir()) == []


def test_a_mark_that_cannot_be_made_anywhere_costs_a_mail_each_time_but_no_crash(
    broken, look, subjects, monkeypatch
):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "touch", full)
    for _ in range(2):
        with pytest.raises(StorageError):
            look()
    assert len(subjects()) == 2


def test_a_database_trouble_that_cannot_be_mailed_is_told_with_the_reason_and_mailed_later(
    broken, look, subjects
):
    with pytest.raises(StorageError, match=r"tidak dapat dibuka.*belum diberi tahu.*ditolak"):
        look(smtp_url="smtp://127.0.0.1:1")
    with pytest.raises(StorageError, match=r"tidak dapat dibuka.*Tidak ada alamat teknisi"):
        look(technician="", agency="tidak-ada")
    with pytest.raises(StorageError) as told:
        look()
    assert told.value.message.endswith("tidak dapat dibuka.")
    assert len(subjects()) == 1


class Choosy:
    """A mail server that refuses an address, or everything."""

    def __init__(self, unknown):
        self.unknown, self.taken = unknown, []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address == self.unknown:
            return f"550 5.1.1 {address} tidak dikenal"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append(envelope.rcpt_tos)
        return "250 OK"


def test_one_technician_of_two_who_was_told_of_the_database_is_not_told_again(broken, look):
    server = Choosy("pensiun@dkupp.example")
    with listening(server) as port:
        for _ in range(2):
            with pytest.raises(StorageError):
                look(technician=f"pensiun@dkupp.example, {TECHNICIAN}", smtp_url=f"smtp://127.0.0.1:{port}")
    assert server.taken == [[TECHNICIAN]]


def test_a_database_that_fails_while_mails_are_sent_is_mailed_directly_too(look, space, subjects):
    with space().engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER penuh BEFORE UPDATE ON trouble_outbox BEGIN "
                "SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        )
    with pytest.raises(StorageError):
        look()
    assert subjects() == ["[LKjIP] Masalah: Basis data tidak dapat dipakai"]


def test_no_secret_stands_in_a_mail_of_the_month(look, mails):
    look(describe=lambda: f"https://bps.example/key/{KEY}/")
    assert KEY not in mails()[0].get_content()


def test_a_test_mail_goes_to_the_technician_at_once(space, mails):
    assert send_test(space()) == (TECHNICIAN,)
    [mail] = mails()
    assert mail["Subject"] == "[LKjIP] Surel uji"
    assert "sumenep-dkupp, semua tahun yang terbuka" in mail.get_content()


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"smtp_url": ""}, SettingsError, "LKJIP_SMTP_URL kosong"),
        ({"smtp_url": "smtp://127.0.0.1:1"}, DeliveryError, "sambungan ditolak"),
        ({"technician": "", "agency": "tidak-ada"}, DeliveryError, "Tidak ada alamat teknisi"),
    ],
)
def test_a_test_mail_that_cannot_be_sent_says_why(space, changes, error, said):
    with pytest.raises(error, match=said):
        send_test(space(**changes))


def test_a_test_mail_that_one_of_two_technicians_does_not_get_names_him(space):
    with listening(Choosy("pensiun@dkupp.example")) as port:
        office = space(technician=f"pensiun@dkupp.example, {TECHNICIAN}", smtp_url=f"smtp://127.0.0.1:{port}")
        with pytest.raises(DeliveryError, match=r"menolak pensiun@dkupp\.example \(550"):
            send_test(office)
