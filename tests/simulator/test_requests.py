"""How a bot may ask, and what is answered to a wrong address or form."""

import asyncio
import io
import json

import aiohttp
import pytest

from simulator.actors import Person
from tests.simulator.conftest import Caller


async def test_get_post_form_json_and_multipart_mean_the_same(call: Caller, anna: Person) -> None:
    fields = {"chat_id": str(anna.id), "text": "dag", "protect_content": "true"}
    markup = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]})
    parts = aiohttp.FormData(fields | {"reply_markup": markup})
    parts.add_field("unused", b"x", filename="x.txt")
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    address, session = call.address("sendMessage"), call.session
    for request in (
        session.get(address, params=fields),
        session.post(address, params=fields),
        session.post(address, data=fields),
        session.post(address, data=multipart),
        session.post(address, json=fields | {"chat_id": anna.id, "protect_content": True}),
        session.post(address, json={"text": "dag", "protect_content": 1}, params={"chat_id": str(anna.id)}),
    ):
        async with request as response:
            message = (await response.json())["result"]
            assert (message["text"], message["has_protected_content"]) == ("dag", True)
    async with session.post(address, data=parts) as response:
        assert (await response.json())["description"] == 'Bad Request: unknown field "unused" in sendMessage'


@pytest.mark.parametrize("direct", [True, False])
async def test_a_file_comes_under_its_field_or_attached(call: Caller, anna: Person, direct: bool) -> None:
    form = aiohttp.FormData({"chat_id": str(anna.id)})
    form.add_field("document" if direct else "blob", b"inhoud", filename="brief.txt")
    if not direct:
        form.add_field("document", "attach://blob")
    async with call.session.post(call.address("sendDocument"), data=form) as response:
        document = (await response.json())["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("brief.txt", "text/plain")
    file = await call.ok("getFile", file_id=document["file_id"])
    async with call.session.get(f"{call.sim.base_file_url}{call.sim.token}/{file['file_path']}") as response:
        assert await response.read() == b"inhoud"


async def test_files_are_checked(call: Caller, anna: Person) -> None:
    async def refusal(method: str, field: str, content: bytes) -> str:
        form = aiohttp.FormData({"chat_id": str(anna.id)})
        form.add_field(field, io.BytesIO(content), filename="file")
        async with call.session.post(call.address(method), data=form) as response:
            return str((await response.json())["description"])

    assert await refusal("sendPhoto", "photo", b"no picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await refusal("sendDocument", "document", b"") == "Bad Request: file must be non-empty"
    assert await refusal("sendPhoto", "photo", bytes(11 << 20)) == "Bad Request: Request Entity Too Large"
    assert await refusal("sendDocument", "document", bytes(61 << 20)) == "Request Entity Too Large"
    await anna.sends_voice()
    voice = (await call.take())[0]["message"]["voice"]["file_id"]
    assert "can't use file of type Voice as Photo" in await call.refused("sendPhoto", chat_id=anna.id, photo=voice)
    await anna.sends("document", file_name="groot.bin", file_size=21 << 20)
    large = (await call.take())[0]["message"]["document"]
    assert large["file_size"] == 21 << 20
    assert await call.refused("getFile", file_id=large["file_id"]) == "400 Bad Request: file is too big"


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot110201543:WRONG-TOKEN/getMe", 401, "Unauthorized"),
        ("botnonsense/getMe", 404, "Not Found"),
        ("file/bot110201543:WRONG-TOKEN/x", 401, "Unauthorized"),
        ("bot{token}/sendTelegram", 404, "Not Found: method not found"),
        ("file/bot{token}/documents/none", 404, "Not Found"),
    ],
)
async def test_wrong_addresses(call: Caller, path: str, status: int, description: str) -> None:
    async with call.session.get(f"{call.sim.url}/{path.format(token=call.sim.token)}") as response:
        assert response.status == status
        assert await response.json() == {"ok": False, "error_code": status, "description": description}


async def test_method_names_ignore_case(call: Caller) -> None:
    assert (await call.ok("GETME"))["is_bot"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{", "can't parse JSON object"),
        (b"[]", "can't parse JSON object"),
        (b'{"chat_id": 1, "text": "\\ud800"}', "strings must be encoded in UTF-8"),
        (b'{"chat_id": 1, "text": "x", "colour": "red"}', 'unknown field "colour" in sendMessage'),
        (b'{"chat_id": null, "text": "x"}', 'field "chat_id" in sendMessage is empty'),
        (b'{"chat_id": 1, "text": []}', 'field "text" must be of type String'),
        (b'{"chat_id": true, "text": "x"}', 'field "chat_id" must be of type String'),
        (b'{"chat_id": 1, "text": "x", "reply_to_message_id": 1.5}', 'field "reply_to_message_id" must be of type Int'),
        (b'{"chat_id": 1, "text": "x", "protect_content": "maybe"}', 'field "protect_content" must be of type Bool'),
        (b'{"chat_id": 1, "text": "x", "reply_parameters": 5}', 'field "reply_parameters" must be of type ReplyPar'),
    ],
)
async def test_wrong_bodies(call: Caller, body: bytes, why: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with call.session.post(call.address("sendMessage"), data=body, headers=headers) as response:
        assert response.status == 400
        assert why in (await response.json())["description"]


async def test_a_torn_multipart_body_is_refused(call: Caller) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nzonder einde'
    async with call.session.post(call.address("sendMessage"), data=body, headers=headers) as response:
        assert response.status == 400


async def test_the_page_is_served_uncached(call: Caller) -> None:
    async with call.session.get(call.sim.url + "/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-store"
    for missing in ("/static/none.js", "/static/", "/elsewhere"):
        async with call.session.get(call.sim.url + missing) as response:
            assert response.status == 404


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py"])
async def test_nothing_outside_of_the_page_is_served(call: Caller, path: str) -> None:
    """Spoken by hand: clients tidy such paths up."""
    reader, writer = await asyncio.open_connection(call.sim.host, call.sim.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 404 ")
