"""Messages between two processes: a length, then one encoded value."""

from __future__ import annotations

import socket
import struct
import time

_HEADER = struct.Struct("<I")


class IsolationFailure(BaseException):
    """The isolation itself failed, not the code it runs.

    Not an `Exception`, so that no ``except Exception`` in a test can swallow it. ``status`` is the status of the
    cell that it ends.
    """

    status = "died"


class TimedOut(IsolationFailure):
    """The time was up."""

    status = "timed-out"


class Died(IsolationFailure):
    """The other process is gone, or has closed its end."""

    status = "died"


class Refused(IsolationFailure):
    """The other process sent something that isn't allowed."""

    status = "refused"


class Wire:
    """One end of a connection over which messages travel whole.

    Parameters
    ----------
    connection : socket.socket
        A connected stream socket.
    message_bytes : int
        No longer message is accepted.

    Attributes
    ----------
    deadline : float or None
        By `time.monotonic`: no call blocks longer. ``None`` waits for ever, and is for those who trust the other
        end.
    """

    def __init__(self, connection: socket.socket, message_bytes: int) -> None:
        self.connection = connection
        self.message_bytes = message_bytes
        self.deadline: float | None = None

    def _set_timeout(self) -> None:
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimedOut("The time was up.")
            self.connection.settimeout(left)
        else:
            self.connection.settimeout(None)

    def send(self, message: bytes) -> None:
        """Send one message.

        Raises
        ------
        TimedOut, Died
        """
        self._set_timeout()
        try:
            self.connection.sendall(_HEADER.pack(len(message)) + message)
        except TimeoutError:
            raise TimedOut("The time was up.") from None
        except OSError:
            raise Died("The other process is gone.") from None

    def receive(self) -> bytes:
        """Wait for one message.

        Raises
        ------
        TimedOut, Died
        Refused
            Where it is longer than ``message_bytes``.
        """
        (size,) = _HEADER.unpack(self._exactly(_HEADER.size))
        if size > self.message_bytes:
            raise Refused("The other process sent too long a message.")
        return bytes(self._exactly(size))

    def _exactly(self, size: int) -> bytearray:
        buffer = bytearray()
        while len(buffer) < size:
            self._set_timeout()
            try:
                piece = self.connection.recv(min(size - len(buffer), 1 << 20))
            except TimeoutError:
                raise TimedOut("The time was up.") from None
            except OSError:
                raise Died("The other process is gone.") from None
            if not piece:
                raise Died("The other process is gone.")
            buffer += piece
        return buffer

    def close(self) -> None:
        """Close this end."""
        self.connection.close()
