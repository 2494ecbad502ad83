"""HTTP for python-telegram-bot's client, on aiohttp: measured, a call costs a third of the processor time of httpx."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

# Before these nothing was written to a connection: no free one, no name, no host, no handshake.
NEVER_SENT = (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError)
CONNECT_SECONDS = 10.0
KEEP_SECONDS = 60.0
JSON = {"Content-Type": "application/json"}


class Connection(BaseRequest):
    """Up to `connections` connections, kept open for the next call. A time-out in seconds is for the answer."""

    heard: Callable[[str], None] | None = None  # told what time each answer says it is

    def __init__(self, connections: int, read_timeout: float, connect_timeout: float = CONNECT_SECONDS) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxy: str | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open nothing yet; connections are made when they are needed."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_SECONDS)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request. Raises `TimedOut` or `NetworkError`, with aiohttp's own error as the cause."""
        if self._session is None:
            raise RuntimeError("the connection is not open")
        answer = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        timeout = aiohttp.ClientTimeout(total=None, connect=self._connect_timeout, sock_read=answer)
        body: aiohttp.FormData | bytes = b""
        if request_data is not None and request_data.contains_files:
            body = _with_files(request_data)
        elif request_data is not None:
            body = json.dumps(request_data.parameters, ensure_ascii=False).encode()
        headers = JSON if isinstance(body, bytes) else None
        if self._proxy is None:
            # Once: asked to look itself, aiohttp would ask a thread with each request.
            self._proxy = _proxy_for(url)
        proxy = self._proxy or None
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=proxy
            ) as response:
                if self.heard is not None:
                    self.heard(response.headers.get("Date", ""))
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _proxy_for(url: str) -> str:
    """The proxy that the environment names for this address; empty where there is none."""
    parts = urlsplit(url)
    return "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")


def _with_files(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
