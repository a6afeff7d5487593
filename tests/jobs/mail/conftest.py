import pytest

from models.migrations import upgrade_engine
from models.session import open_engine
from standins.mail import MailStandin


@pytest.fixture
def engine(tmp_path):
    opened = open_engine(f"sqlite:///{tmp_path / 'uji.sqlite'}")
    upgrade_engine(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def server(tmp_path):
    with MailStandin(tmp_path / "surel") as running:
        yield running
