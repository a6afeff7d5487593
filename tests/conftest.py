"""No test, nor any program that a test starts, knows this machine's settings or reaches another host."""

from core.loopback import stay_on_this_machine

stay_on_this_machine()
