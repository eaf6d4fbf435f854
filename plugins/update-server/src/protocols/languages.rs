//! The languages somebody reads, for what is new in a release.

/// The languages of an `Accept-Language` (RFC 9110 §12.5.4), liked best first, each as it is and
/// without its region: `de-AT` is `de-AT`, `de`.
pub fn accepted(header: &str) -> Vec<String> {
    let mut ranges: Vec<(f32, &str)> = header
        .split(',')
        // More than anybody reads; the rest costs time for nothing.
        .take(16)
        .filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
            let quality = parts.find_map(|part| part.strip_prefix("q="));
            let quality = quality.map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
            (quality > 0.0).then_some((quality, tag))
        })
        .collect();
    ranges.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let tags = ranges.iter().flat_map(|(_, tag)| [*tag, tag.split('-').next().unwrap_or_default()]);
    tags.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::accepted;

    #[test]
    fn languages_are_in_the_order_of_their_quality() {
        assert_eq!(accepted("en;q=0.4, de-AT, it;q=0.9"), ["de-AT", "de", "it", "it", "en", "en"]);
        assert_eq!(accepted("*, fr;q=0"), [""; 0]);
        assert_eq!(accepted(""), [""; 0]);
    }
}
