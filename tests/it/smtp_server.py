"""A real mail server for the tests: python smtp_server.py FOLDER PORT [REPLY_AFTER_SECONDS]

Prints its port, then writes every mail it takes into FOLDER before it says so. What it answers
depends on the recipient: nobody@ is refused for good, later@ twice for now.
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP


class Handler:
    def __init__(self, folder, wait):
        self.folder = folder
        self.wait = wait
        self.refused = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nobody":
            return "550 5.1.1 nobody of this name"
        if name == "later" and self.refused < 2:
            self.refused += 1
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        head = f"X-Envelope: {' '.join(envelope.rcpt_tos)}\r\n".encode()
        number = len(list(self.folder.iterdir()))
        part = self.folder.parent / f"part-{number}"
        part.write_bytes(head + envelope.original_content)
        part.rename(self.folder / f"{number:04}.eml")
        await asyncio.sleep(self.wait)
        return "250 taken"


async def main():
    folder = pathlib.Path(sys.argv[1])
    wait = float(sys.argv[3]) if len(sys.argv) > 3 else 0
    handler = Handler(folder, wait)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler), "127.0.0.1", int(sys.argv[2]))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
