"""From findings to mails: one when a trouble begins, one when it is over, and nothing in between."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import select

from core.errors import SettingsError
from jobs.health.notices import without_secrets
from jobs.health.outbox import report_outbox
from jobs.health.schedule import failed_run, run_key
from jobs.health.troubles import Finding, known_keys, report_findings, send_troubles
from jobs.mail.outbox import give_up, retry
from jobs.mail.send import send_outbox
from models.health.troubles import Trouble, open_troubles
from models.mail.outbox import mark_failed, mark_sent, pending
from models.mail.tables import TroubleMail
from models.report.issues import enqueue, record_issue
from models.report.tables import ReportIssue
from models.session import open_session
from office.loading import find_agency
from standins.mail import MailStandin, listening
from tests.jobs.given.mail_server import scripted

from .conftest import KEY, TECHNICIAN

DAY = date(2024, 4, 5)
WORKER = Finding("prefect/pekerja/lkjip", "Tidak ada pekerja", "Tidak ada yang melaksanakan.", "periksa")
SERVER = Finding("prefect/server", "Server Prefect tidak menjawab", "Tidak menjawab.", "periksa")
PREFECT = ["prefect/"]
HEAD, INSPECTOR = "kepala@dkupp.example", "inspektorat@sumenep.example"


def troubles(space):
    with open_session(space.engine, read_only=True) as session:
        return list(session.exec(select(Trouble).order_by(Trouble.id)))


def report(space, *findings, looked_at=PREFECT):
    """Report and send, as a look or a hook does."""
    reported = report_findings(space, findings, looked_at)
    send_troubles(space)
    return reported


def subjects(mails):
    return [mail["Subject"] for mail in mails()]


def test_a_trouble_is_mailed_when_it_begins_and_when_it_is_over_and_not_between(space, mails):
    assert report(space(), WORKER).opened == ("Tidak ada pekerja",)
    for day in range(1, 4):
        assert report(space(DAY + timedelta(days=day)), WORKER).opened == ()
    assert report(space(DAY + timedelta(days=4))).closed == ("Tidak ada pekerja",)
    assert report(space(DAY + timedelta(days=5))).closed == ()
    assert subjects(mails) == ["[LKjIP] Masalah: Tidak ada pekerja", "[LKjIP] Selesai: Tidak ada pekerja"]


def test_the_mail_says_what_to_do_since_when_and_of_which_machine(space, mails, tmp_path):
    report(space(), WORKER)
    [mail] = mails()
    text = mail.get_content()
    assert mail["To"] == TECHNICIAN
    assert "Tidak ada yang melaksanakan." in text
    assert "Yang perlu dilakukan: periksa" in text
    assert "Sejak 5 April 2024 pukul 09.00 WIB." in text
    assert "sumenep-dkupp, semua tahun yang terbuka" in text
    assert str(tmp_path / "kerja" / "lkjip.sqlite") in text


def test_recipients_of_such_a_role_are_told_beside_the_technician(space, mails, tmp_path):
    office = Path(shutil.copytree(find_agency("sumenep-dkupp"), tmp_path / "sumenep-dkupp"))
    with (office / "2023" / "year.yaml").open("a", encoding="utf-8") as file:
        file.write("mail: {failure: [Perencana]}\n")
    report(space(agency=str(office), year=2023), WORKER)
    assert [mail["To"] for mail in mails()] == [f"{TECHNICIAN}, perencana@dkupp-sumenep.example"]


def test_the_mails_of_a_trouble_stand_together_in_a_list_of_their_own(space, mails):
    report(space(), WORKER)
    report(space(DAY + timedelta(days=1)))
    began, over = mails()
    assert over["In-Reply-To"] == over["References"] == began["Message-ID"]
    assert began["List-Id"] == over["List-Id"] == "Gangguan LKjIP <lkjip-gangguan.dkupp-sumenep.example>"


def test_the_mail_that_it_is_over_says_from_when_to_when(space, mails):
    report(space(), WORKER)
    report(space(DAY + timedelta(days=1)))
    text = mails()[1].get_content()
    assert "Mulai   : 5 April 2024 pukul 09.00 WIB" in text
    assert "Selesai : 6 April 2024 pukul 09.00 WIB" in text
    assert "Yang tadi terjadi:" in text


def test_a_trouble_that_comes_back_is_told_again(space, mails):
    for day, findings in enumerate([[WORKER], [], [WORKER]]):
        report(space(DAY + timedelta(days=day)), *findings)
    assert [subject.split()[1] for subject in subjects(mails)] == ["Masalah:", "Selesai:", "Masalah:"]
    assert len({mail["Message-ID"] for mail in mails()}) == 3


def test_a_trouble_of_a_part_that_was_not_looked_at_stays_open(space, mails):
    report(space(), WORKER)
    report(space(), SERVER, looked_at=["prefect/server"])
    assert known_keys(space()) == {WORKER.key, SERVER.key}


def test_one_that_began_during_the_look_is_not_taken_for_gone(space):
    before = known_keys(space())
    report(space(), WORKER)
    assert report_findings(space(), [], PREFECT, known=before).closed == ()
    assert known_keys(space()) == {WORKER.key}


def test_without_a_finding_and_without_a_trouble_nothing_is_written(space, database):
    assert report_findings(space(), [], PREFECT).opened == ()
    assert database.with_name("lkjip.sqlite-wal").stat().st_size == 0


def test_a_hook_and_a_look_at_the_same_failure_lead_to_one_mail(space, mails):
    key = run_key("kirim-laporan", "sumenep-dkupp", 2023)
    by_hook = failed_run("kirim-laporan", "sumenep-dkupp", 2023, "Failed", "Sandi ditolak.")
    by_look = failed_run("kirim-laporan", "sumenep-dkupp", 2023, "Failed", "Sandi ditolak. Lagi.")
    report(space(), by_hook, looked_at=[key])
    report(space(), by_look, looked_at=["prefect/", key])
    report(space(), looked_at=[key])
    report(space(), looked_at=["prefect/", key])
    assert [subject.split()[1] for subject in subjects(mails)] == ["Masalah:", "Selesai:"]


def test_a_mail_server_that_was_down_all_the_time_gets_one_mail_that_tells_both(space, mails):
    for day in range(3):
        report(space(DAY + timedelta(days=day), smtp_url="smtp://127.0.0.1:1"), WORKER)
    report(space(DAY + timedelta(days=3)))
    [mail] = mails()
    assert mail["Subject"] == "[LKjIP] Selesai: Tidak ada pekerja"
    assert "tidak sempat terkirim" in mail.get_content()
    assert "Tidak ada yang melaksanakan." in mail.get_content()


def test_a_mail_that_waits_goes_out_with_the_next_look_that_finds_the_server(space, mails):
    report(space(smtp_url="smtp://127.0.0.1:1"), WORKER)
    report(space(), WORKER)
    assert subjects(mails) == ["[LKjIP] Masalah: Tidak ada pekerja"]


def test_every_technician_gets_the_mail(space, mails):
    report(space(technician=f"{TECHNICIAN}, piket@dkupp.example"), WORKER)
    assert mails()[0]["To"] == f"{TECHNICIAN}, piket@dkupp.example"


def test_without_a_technician_the_contact_of_the_office_is_told(space, mails):
    office = space(technician="")
    report(office, WORKER)
    assert mails()[0]["To"] == office.agency.office.contact


def test_with_nobody_to_tell_the_trouble_is_written_down_all_the_same(space, mails):
    office = space(technician="", agency="tidak-ada")
    assert report(office, WORKER).opened == ("Tidak ada pekerja",)
    assert known_keys(office) == {WORKER.key}
    assert report(office).closed == ("Tidak ada pekerja",)
    assert mails() == []


def test_an_office_that_cannot_be_read_does_not_keep_the_mail_from_the_technician(space, mails):
    report(space(agency="tidak-ada"), WORKER)
    assert [(mail["From"], mail["To"]) for mail in mails()] == [(TECHNICIAN, TECHNICIAN)]


@pytest.mark.parametrize(
    "smtp", ["smtp://lkjip:kata%2Fsandi@127.0.0.1:1", "smtps://lkjip:kata%2Fsandi@surel.example"]
)
def test_key_and_passwords_reach_neither_the_database_nor_the_mail(space, tmp_path, smtp, mail):
    detail = f"GET https://bps.example/key/{KEY}/ dan {KEY}; {smtp}; sandinya kata/sandi"
    report_findings(space(smtp_url=smtp), [Finding("surel/a", "Alur gagal", detail)], ["surel/"])
    send_troubles(space())
    [sent] = mail.files
    for path in (sent, *(p for p in (tmp_path / "kerja").rglob("*") if p.is_file())):
        for secret in (KEY, "kata%2Fsandi", "kata/sandi"):
            assert secret.encode() not in path.read_bytes(), path.name
    assert troubles(space())[0].detail.endswith("sandinya ***")


def test_a_password_of_the_database_is_hidden_too(space):
    office = space()
    settings = office.settings.model_copy(update={"database_url": "postgresql://lkjip:rahasia@127.0.0.1/a"})
    assert without_secrets(settings, "password rahasia") == "password ***"


def test_without_a_mail_server_nothing_is_wrong_until_a_mail_is_due(space):
    assert send_troubles(space(smtp_url="")).waiting == 0
    report_findings(space(smtp_url=""), [WORKER], PREFECT)
    with pytest.raises(SettingsError, match="LKJIP_SMTP_URL kosong"):
        send_troubles(space(smtp_url=""))


class Refusing:
    """A mail server that does not know an address."""

    def __init__(self, unknown):
        self.unknown = unknown

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address == self.unknown:
            return "550 5.1.1 tidak dikenal"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, _envelope):
        return "250 OK"


def queue_report(office, *recipients, number=1):
    """Put the mail of an issue into the outbox as a refresh does."""
    message = EmailMessage()
    message["From"], message["Subject"] = "perencana@dkupp.example", f"LKjIP 2023 (terbitan {number})"
    message["Message-ID"] = f"<terbitan-{number}@dkupp.example>"
    with open_session(office.engine) as session:
        issue = ReportIssue(
            agency="sumenep-dkupp", year=2023, number=number, content_hash=f"{number}", cause="uji",
            issued_at=office.settings.current_time(), folder=f"terbitan-{number}",
        )  # fmt: skip
        record_issue(session, issue)
        return enqueue(session, issue, message, recipients or [HEAD])


def test_a_report_that_a_mail_server_never_takes_is_a_trouble_until_it_is_sent(space, mails):
    down = space(smtp_url="smtp://127.0.0.1:1")
    queue_report(down)
    assert report_outbox(down).opened == ()
    send_outbox(down)
    assert report_outbox(down).opened == ("Surel laporan tidak terkirim",)
    send_outbox(down)
    assert report_outbox(down).opened == ()
    up = space()
    send_outbox(up)
    assert report_outbox(up).closed == ("Surel laporan tidak terkirim",)


def test_a_report_given_up_does_not_hide_the_next_one(space):
    office = space()
    for number in (1, 2):
        mail = queue_report(office, number=number)
        with open_session(office.engine) as session:
            mark_failed(session, mail, mail.created_at, "550 tidak dikenal.", permanent=True)
        assert report_outbox(office).opened == ("Surel laporan tidak terkirim",)
    assert troubles(office)[1].detail == "LKjIP 2023 (terbitan 2): 550 tidak dikenal. Tidak dicoba lagi."


def test_an_address_that_refuses_is_one_trouble_until_nothing_is_lacking_there(space, mail):
    office = space()

    def send_one(number, refused):
        mail = queue_report(office, HEAD, INSPECTOR, number=number)
        with open_session(office.engine) as session:
            taken = [address for address in pending(mail) if address not in refused]
            mark_sent(session, mail, mail.created_at, accepted=taken, refused=refused)
        return report_outbox(office)

    unknown, title = {INSPECTOR: "550 tidak dikenal"}, f"Surel laporan tidak terkirim kepada {INSPECTOR}"
    assert send_one(1, unknown).opened == (title,)
    assert send_one(2, unknown).opened == ()
    assert send_one(3, {}).closed == ()
    give_up(office, "L1", reason="terlalu lama", by="Sari")
    assert retry(office, ["L2"]).sent[0].recipients == (INSPECTOR,)
    assert report_outbox(office).closed == (title,)


def test_a_fault_of_the_settings_is_one_trouble_for_all_mails_and_says_what_to_do(space):
    with scripted(MAIL="530 5.7.0 Must issue a STARTTLS command first") as server:
        office = space(smtp_url=server.url)
        for number in (1, 2):
            queue_report(office, number=number)
        assert send_outbox(office).waiting == 2
    assert report_outbox(office).opened == ("Surel tertahan oleh pengaturan server surel",)
    assert "smtp+starttls://" in troubles(office)[0].todo
    assert send_outbox(space()).waiting == 0
    assert report_outbox(office).closed == ("Surel tertahan oleh pengaturan server surel",)


def test_send_hands_over_both_outboxes(space, mails):
    office = space()
    queue_report(office)
    report_findings(office, [WORKER], PREFECT)
    result = send_outbox(office)
    assert (len(result.sent), result.waiting) == (2, 0)
    assert [message["To"] or HEAD for message in mails()] == [HEAD, TECHNICIAN]


def test_send_again_revives_the_mails_to_the_technician_too(space, mail: MailStandin):
    office = space()
    report_findings(office, [WORKER], PREFECT)
    with listening(Refusing(TECHNICIAN)) as port:
        refused = send_troubles(space(smtp_url=f"smtp://127.0.0.1:{port}"))
    assert refused.failed[0].permanent
    assert send_outbox(office).sent == ()
    assert [sent.recipients for sent in send_outbox(office, again=True).sent] == [(TECHNICIAN,)]
    assert len(mail.files) == 1


def test_a_mail_to_the_technician_that_was_refused_is_no_trouble_of_its_own(space):
    office = space()
    report_findings(office, [WORKER], PREFECT)
    with listening(Refusing(TECHNICIAN)) as port:
        send_troubles(space(smtp_url=f"smtp://127.0.0.1:{port}"))
    assert report_outbox(office).opened == ()
    with open_session(office.engine, read_only=True) as session:
        assert [trouble.key for trouble in open_troubles(session)] == [WORKER.key]
        assert session.exec(select(TroubleMail)).one().abandoned_at is not None
