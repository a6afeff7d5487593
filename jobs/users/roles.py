"""What somebody may do on the page; each role may what those before it may."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """In ascending order; the words are those of the command and the page."""

    READ = "lihat"
    ENTER = "isi"
    APPROVE = "setujui"
    MANAGE = "kelola"

    def may(self, least: Role) -> bool:
        """Whether this role is at least ``least``."""
        order = list(Role)
        return order.index(self) >= order.index(least)


MEANINGS = {
    Role.READ: "melihat keadaan dan laporan",
    Role.ENTER: "seperti lihat; mengirim berkas anggaran, harga dan BPS",
    Role.APPROVE: "seperti isi; bagi yang menyetujui",
    Role.MANAGE: "memberi tautan sandi dan melihat catatan kegiatan",
}
