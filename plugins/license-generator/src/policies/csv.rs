//! The licences that would be different as a file (RFC 4180).

use plugin_api::Lang;

use super::evaluate::Found;
use super::values::choice;

/// The file.
pub(super) fn file(lang: &Lang, found: &Found) -> String {
    let headers =
        ["label-id", "column-chiave", "column-cliente", "column-prodotto", "policy-effects"];
    let mut file = line(headers.map(|key| lang.t(key)));
    for affected in &found.licences {
        let licence = &affected.licence;
        let effects: Vec<String> = affected
            .effects
            .iter()
            .map(|effect| lang.t(&choice("effect-", effect.wire())))
            .collect();
        file.push_str(&line([
            licence.licence_id.clone(),
            licence.key_hint.clone(),
            licence.customer.clone().unwrap_or_default(),
            licence.product_name.clone(),
            effects.join("; "),
        ]));
    }
    file
}

fn line<const N: usize>(cells: [String; N]) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).join(",");
    line.push_str("\r\n");
    line
}

/// A cell in quotes; what a spreadsheet would take for a formula is marked as text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if is_formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_cell_ends_early_or_is_a_formula() {
        let line = super::line(["a \"b\", c".to_owned(), "=1+1".to_owned()]);
        assert_eq!(line, "\"a \"\"b\"\", c\",\"'=1+1\"\r\n");
    }
}
