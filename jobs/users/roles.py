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
    Role.READ: "melihat keadaan, asal-usul dan laporan; mengunduh bukti dan buku kerja",
    Role.ENTER: "seperti lihat; memasukkan angka dengan buktinya; mengirim buku kerja, "
    "berkas anggaran, harga dan BPS",
    Role.APPROVE: "seperti isi; membuka, mengonfirmasi dan menutup tahun; mengubah target, penanda tangan "
    "dan penerima surel; menyetujui atau menolak rancangan laporan",
    Role.MANAGE: "seperti setujui; memberi tautan sandi, melihat catatan kegiatan dan memeriksa pemasangan",
}
