"""Parts of a file (tus 1.0.0) are sent as they are."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
