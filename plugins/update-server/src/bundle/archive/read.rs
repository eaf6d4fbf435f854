//! Reads heads of a tar that somebody else may have written.

/// What is no tar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// What a head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Bytes that follow the head, before padding.
    pub size: u64,
    kind: u8,
}

impl Entry {
    /// Whether it is a plain file.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, b'0' | 0)
    }

    /// Whether what follows are records about the next head.
    pub fn is_pax(&self) -> bool {
        self.kind == b'x'
    }
}

/// Reads one head; `records` are the `pax` records before it. None for the zeros at the end.
pub fn block(head: &[u8], records: &[u8]) -> Result<Option<Entry>, Unreadable> {
    let field = |from: usize, length: usize| head.get(from..from + length).ok_or(Unreadable);
    if head.len() != 512 {
        return Err(Unreadable);
    }
    if head.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let sum = |(place, byte): (usize, &u8)| {
        u64::from(if (148..156).contains(&place) { b' ' } else { *byte })
    };
    if octal(field(148, 8)?)? != head.iter().enumerate().map(sum).sum::<u64>() {
        return Err(Unreadable);
    }
    let kind = field(156, 1)?.first().copied().unwrap_or_default();
    let prefix = if field(257, 5)? == b"ustar" { text(field(345, 155)?)? } else { "" };
    let name = text(field(0, 100)?)?;
    let mut path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
    let mut size = None;
    for (key, value) in pairs(records)? {
        match key {
            "path" => value.clone_into(&mut path),
            "size" => size = Some(value.parse().map_err(|_| Unreadable)?),
            _ => {}
        }
    }
    let size = match size {
        Some(size) => size,
        None => octal(field(124, 12)?)?,
    };
    // Links and folders have no content, whatever they say.
    let size = if matches!(kind, b'0' | 0 | b'x' | b'g' | b'L') { size } else { 0 };
    Ok(Some(Entry { path, size, kind }))
}

fn text(field: &[u8]) -> Result<&str, Unreadable> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    std::str::from_utf8(field.get(..end).unwrap_or_default()).map_err(|_| Unreadable)
}

fn octal(field: &[u8]) -> Result<u64, Unreadable> {
    let digits = text(field)?.trim();
    u64::from_str_radix(digits, 8).map_err(|_| Unreadable)
}

/// `length key=value\n`, one after the other.
fn pairs(records: &[u8]) -> Result<Vec<(&str, &str)>, Unreadable> {
    let mut rest = std::str::from_utf8(records).map_err(|_| Unreadable)?;
    let mut all = Vec::new();
    while !rest.is_empty() {
        let (length, _) = rest.split_once(' ').ok_or(Unreadable)?;
        let whole: usize = length.parse().map_err(|_| Unreadable)?;
        let record = rest.get(..whole).ok_or(Unreadable)?;
        let said = record.get(length.len() + 1..).and_then(|said| said.strip_suffix('\n'));
        all.push(said.and_then(|said| said.split_once('=')).ok_or(Unreadable)?);
        rest = rest.get(whole..).unwrap_or_default();
    }
    Ok(all)
}
