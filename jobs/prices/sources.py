"""The sources of prices by the names under which they are stored, and how people call them."""

from __future__ import annotations

SISKAPERBAPO, SP2KP, SHEETS = "siskaperbapo", "sp2kp", "lembar"
"""The site of the province, the ministry's, and the office's own sheets."""

SOURCE_NAMES = {
    SISKAPERBAPO: "Siskaperbapo Jawa Timur",
    SHEETS: "lembar harga kantor",
    SP2KP: "SP2KP Kementerian Perdagangan",
}
