"""The way to a mail server: its address, encryption and login; no password comes out."""

import smtplib
import ssl
import subprocess

import pytest
from aiosmtpd.smtp import AuthResult

from core.errors import SettingsError
from jobs.mail.answers import diagnose
from jobs.mail.send import send_due
from jobs.mail.server import Encryption, MailServer, read_smtp_url
from standins.mail import listening
from tests.jobs.given.outbox import NOW, Scripted, outbox, queue


class TestLoginAndEncryption:
    """A self-made certificate for ``localhost``; the password is ``rahasia/2024``."""

    PASSWORD = "rahasia/2024"
    WRITTEN = "rahasia%2F2024"

    @pytest.fixture(scope="class")
    def certificate(self, tmp_path_factory):
        folder = tmp_path_factory.mktemp("tls")
        key, certificate = folder / "key.pem", folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context, ssl.create_default_context(cafile=certificate)

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        good = (data.login, data.password) == (b"dinas", self.PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    def test_password_is_sent_over_starttls(self, engine, certificate):
        serving, trusting = certificate
        queue(engine)
        handler = Scripted()
        with listening(
            handler, tls_context=serving, authenticator=self.authenticate, auth_required=True
        ) as port:
            url = f"smtp+starttls://dinas:{self.WRITTEN}@127.0.0.1:{port}"
            assert len(send_due(engine, url, NOW, tls=trusting).sent) == 1

    def test_wrong_password_is_explained_without_showing_it(self, engine, certificate):
        serving, trusting = certificate
        queue(engine)
        with listening(Scripted(), tls_context=serving, authenticator=self.authenticate) as port:
            url = f"smtp+starttls://dinas:keliru-sekali@127.0.0.1:{port}"
            result = send_due(engine, url, NOW, tls=trusting)
        assert "menolak pengguna atau sandi pada LKJIP_SMTP_URL (535" in result.failed[0].reason
        assert not result.failed[0].permanent
        assert "keliru" not in repr(result) + outbox(engine)[0].last_error

    def test_certificate_that_nobody_trusts_stops_the_sending(self, engine, certificate):
        queue(engine)
        handler = Scripted()
        with listening(handler, tls_context=certificate[0]) as port:
            result = send_due(engine, f"smtp+starttls://127.0.0.1:{port}", NOW)
        assert "sertifikat yang tidak dapat dipercaya" in result.failed[0].reason
        assert handler.kept == []

    def test_required_starttls_that_is_not_offered_stops_the_sending(self, engine):
        queue(engine)
        handler = Scripted()
        with listening(handler) as port:
            result = send_due(engine, f"smtp+starttls://127.0.0.1:{port}", NOW)
        assert "tidak menawarkan STARTTLS" in result.failed[0].reason
        assert handler.kept == []

    def test_password_is_not_sent_to_another_machine_in_the_clear(self, engine, monkeypatch):
        queue(engine)
        asked = []
        handler = Scripted()
        monkeypatch.setattr(MailServer, "is_local", property(lambda _: False))

        def notice(*arguments):
            asked.append(arguments)
            return AuthResult(success=True)

        with listening(handler, authenticator=notice, auth_require_tls=False) as port:
            result = send_due(engine, f"smtp://dinas:{self.WRITTEN}@127.0.0.1:{port}", NOW)
        assert "tidak menawarkan STARTTLS" in result.failed[0].reason
        assert (asked, handler.kept) == ([], [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1", MailServer("127.0.0.1", 25, Encryption.WHEN_OFFERED)),
        ("smtps://surat.example", MailServer("surat.example", 465, Encryption.TLS)),
        ("smtp+starttls://a:b%40c@surat", MailServer("surat", 587, Encryption.STARTTLS, "a", "b@c")),
    ],
)
def test_url_says_where_and_how(url, expected):
    assert read_smtp_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "surat.example",
        "http://surat.example",
        "smtp://a:rahasia/1@surat",
        "smtp://a:rahasia#@s",
        "smtp://",
    ],
)
def test_unreadable_url_is_refused_without_repeating_it(url):
    with pytest.raises(SettingsError, match="LKJIP_SMTP_URL") as caught:
        read_smtp_url(url)
    assert "rahasia" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_empty_url_means_no_server_at_all():
    with pytest.raises(SettingsError, match="LKJIP_SMTP_URL kosong, jadi surel tidak dapat dikirim"):
        read_smtp_url("")


def test_password_that_a_server_repeats_is_hidden():
    server = MailServer("surat.example", 587, Encryption.STARTTLS, "dinas", "rahasia")
    for echoed in (b"bad rahasia", b"bad cmFoYXNpYQ==", b"bad AGRpbmFzAHJhaGFzaWE="):
        assert diagnose(smtplib.SMTPResponseException(535, echoed), server, 30).reason.endswith(
            "535 bad ***."
        )


def test_without_a_password_an_answer_is_told_as_it_came():
    server = MailServer("surat.example", 25, Encryption.WHEN_OFFERED, "", "")
    assert diagnose(smtplib.SMTPResponseException(550, b"no such user"), server, 30).reason.endswith(
        "550 no such user."
    )


def test_mail_server_prints_no_password():
    assert "rahasia" not in repr(MailServer("surat.example", 25, Encryption.TLS, "dinas", "rahasia"))
