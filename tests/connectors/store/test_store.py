"""A store of objects and a folder that many machines see answer alike."""

from __future__ import annotations

import pytest

from connectors.store.files import Store
from connectors.store.opening import open_store
from core.errors import SettingsError, StorageError
from tests.given.object_store import Bucket


@pytest.fixture(params=["s3", "file"])
def store(request: pytest.FixtureRequest, tmp_path) -> Store:
    if request.param == "file":
        return open_store(f"file://{tmp_path}/bersama/")
    return opened(request.getfixturevalue("bucket"))


def opened(bucket: Bucket, place: str = "", endpoint: str = "") -> Store:
    return open_store(
        place or bucket.settings["store"], endpoint or bucket.endpoint, bucket.key, bucket.secret
    )


def test_what_was_put_is_read_listed_and_removed(store: Store) -> None:
    name = "laporan/dinas/2023/terbitan-1/a b#%é?.pdf"
    store.put(name, b"satu")
    store.put(name, b"berganti")
    store.put("laporan/dinas/2024/x", b"")
    assert store.read(name) == b"berganti"
    assert {name: entry.size for name, entry in store.find("laporan/dinas").items()} == {
        "2023/terbitan-1/a b#%é?.pdf": 8,
        "2024/x": 0,
    }
    store.remove(name)
    assert list(store.find("laporan/dinas")) == ["2024/x"]


def test_what_is_not_there_is_told_apart_from_a_store_that_fails(store: Store) -> None:
    assert (store.read("tidak/ada"), store.entry("tidak/ada"), store.find("tidak")) == (None, None, {})
    store.remove("tidak/ada")


def test_another_content_of_the_same_size_has_another_mark(store: Store) -> None:
    store.put("x", b"satu")
    first = store.entry("x")
    store.put("x", b"dua!")
    assert first != store.entry("x")
    assert store.find("") == {"x": store.entry("x")}


def test_a_bucket_that_is_not_there_is_no_empty_store(bucket: Bucket) -> None:
    store = opened(bucket, "s3://tidak-ada-embernya/x")
    for ask in (lambda: store.read("x"), lambda: store.find("x"), lambda: store.put("x", b"")):
        with pytest.raises(StorageError, match="tidak ada"):
            ask()


def test_a_server_that_does_not_answer_is_told_without_key_and_secret(bucket: Bucket) -> None:
    store = opened(bucket, endpoint="http://127.0.0.1:9")
    with pytest.raises(StorageError) as caught:
        store.put("x", b"")
    told = f"{caught.value} {caught.value.__cause__!r} {store!r}"
    assert "LKJIP_STORE_ENDPOINT" in told
    assert bucket.key not in told
    assert bucket.secret not in told


def test_no_other_machine_is_asked_while_the_tests_run() -> None:
    with pytest.raises(SettingsError, match="tidak dihubungi"):
        open_store("s3://ember/awalan")


def test_a_name_that_leads_out_of_its_folder_is_not_listed(bucket: Bucket) -> None:
    store = opened(bucket)
    store.put("masuk/../rahasia", b"x")
    store.put("masuk//x", b"x")
    assert store.find("masuk") == {}


def test_a_link_in_a_shared_folder_is_not_followed(tmp_path) -> None:
    (tmp_path / "rahasia").write_text("sandi")
    (tmp_path / "bersama" / "masuk").mkdir(parents=True)
    (tmp_path / "bersama" / "masuk" / "tautan.csv").symlink_to(tmp_path / "rahasia")
    assert open_store(f"file://{tmp_path}/bersama").find("masuk") == {}
