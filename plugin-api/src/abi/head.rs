//! The head of a request or response as one buffer: a copy of many small strings costs more than
//! the rest of the crossing.

use http::request::Parts as RequestParts;
use http::response::Parts as ResponseParts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};

use crate::caller::Caller;
use crate::db::codec::{Packer, Unpacker};
use crate::{Fault, FaultKind};

/// Packs the head of a request with who makes it.
pub fn pack_request(parts: &RequestParts, caller: &Caller) -> Result<Vec<u8>, Fault> {
    let mut packer = Packer::new();
    packer.bytes(parts.method.as_str().as_bytes());
    packer.bytes(parts.uri.to_string().as_bytes());
    packer.bytes(&serde_json::to_vec(caller)?);
    pack_headers(&mut packer, &parts.headers);
    Ok(packer.finish())
}

/// Reads the head of a request.
pub fn unpack_request(head: &[u8]) -> Result<(RequestParts, Caller), Fault> {
    let mut unpacker = Unpacker::new(head);
    let method = Method::from_bytes(unpacker.bytes()?).map_err(Fault::invalid)?;
    let uri: Uri = unpacker.text()?.parse().map_err(Fault::invalid)?;
    let caller = serde_json::from_slice(unpacker.bytes()?)?;
    let mut request =
        Request::builder().method(method).uri(uri).body(()).map_err(Fault::invalid)?;
    *request.headers_mut() = unpack_headers(&mut unpacker)?;
    Ok((request.into_parts().0, caller))
}

/// Packs the head of a response.
pub fn pack_response(parts: &ResponseParts) -> Vec<u8> {
    let mut packer = Packer::new();
    packer.int(u64::from(parts.status.as_u16()));
    pack_headers(&mut packer, &parts.headers);
    packer.finish()
}

/// Reads the head of a response.
pub fn unpack_response(head: &[u8]) -> Result<ResponseParts, Fault> {
    let mut unpacker = Unpacker::new(head);
    let status = u16::try_from(unpacker.int()?)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok())
        .ok_or_else(|| Fault::new(FaultKind::Invalid, "no such HTTP status"))?;
    let mut response = Response::builder().status(status).body(()).map_err(Fault::invalid)?;
    *response.headers_mut() = unpack_headers(&mut unpacker)?;
    Ok(response.into_parts().0)
}

fn pack_headers(packer: &mut Packer, headers: &HeaderMap) {
    packer.count(headers.len());
    for (name, value) in headers {
        packer.bytes(name.as_str().as_bytes());
        packer.bytes(value.as_bytes());
    }
}

fn unpack_headers(unpacker: &mut Unpacker<'_>) -> Result<HeaderMap, Fault> {
    let count = unpacker.count()?;
    let mut headers = HeaderMap::with_capacity(count.min(256));
    for _ in 0..count {
        let name = HeaderName::from_bytes(unpacker.bytes()?).map_err(Fault::invalid)?;
        let value = HeaderValue::from_bytes(unpacker.bytes()?).map_err(Fault::invalid)?;
        headers.append(name, value);
    }
    Ok(headers)
}
