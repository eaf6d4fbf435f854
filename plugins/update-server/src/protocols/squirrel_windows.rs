//! `RELEASES` of Squirrel.Windows: a line for each package.

use super::nupkg::listed;
use crate::domain::release::Catalogue;
use crate::domain::select::{Asked, Offer};

/// The list, lowest version first as Squirrel itself writes it; None if there is nothing to name, as
/// an empty one is an error to the client. Packages lie beside it.
pub fn render(catalogue: &Catalogue, offers: &[Offer<'_>], asked: &Asked) -> Option<String> {
    let mut lines: Vec<String> = listed(catalogue, offers, asked)
        .iter()
        .map(|(_, it)| format!("{} {} {}", it.sha1.to_ascii_uppercase(), it.file_name, it.size))
        .collect();
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::{finding::Finding, squirrel};
    use crate::domain::platform::{Architecture, Platform};
    use crate::domain::select::{Window, offered};
    use crate::domain::version::Version;
    use crate::protocols::fixture::{NOW, as_checked, catalogue, rolling};
    use crate::protocols::nupkg::asked;

    fn releases(catalogue: &Catalogue, running: &str) -> Option<String> {
        let machine = (Some(Platform::Windows), Some(Architecture::X86_64));
        let asked = asked("stable", machine, Version::claimed(running), Some("a".to_owned()));
        let offers = offered(catalogue, &asked, &Window::OPEN, NOW);
        render(catalogue, &offers, &asked)
    }

    #[test]
    fn the_list_is_what_the_client_reads() {
        let golden = "A9993E364706816ABA3E25717850C26C9CD0D89D Acme.App-1.0.0-full.nupkg 1500\n\
            A9993E364706816ABA3E25717850C26C9CD0D89D Acme.App-1.1.0-delta.nupkg 1500\n\
            A9993E364706816ABA3E25717850C26C9CD0D89D Acme.App-1.1.0-full.nupkg 1500\n\
            A9993E364706816ABA3E25717850C26C9CD0D89D Acme.App-1.2.0-delta.nupkg 1500\n\
            A9993E364706816ABA3E25717850C26C9CD0D89D Acme.App-1.2.0-full.nupkg 1500";
        assert_eq!(releases(&catalogue(), "1.0.0").as_deref(), Some(golden));
    }

    #[test]
    fn it_passes_the_check_of_lists_that_are_uploaded() {
        let all = catalogue();
        let text = releases(&all, "").expect("a list");
        let files = as_checked(&all.releases[0].artifacts);
        let found = squirrel::check("RELEASES", &text, &semver::Version::new(1, 2, 0), &files);
        assert_eq!(found.iter().map(Finding::code).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn outside_the_rollout_the_list_ends_before_it() {
        let text = releases(&rolling(0), "1.0.0").expect("a list");
        assert!(text.contains("1.1.0-full") && !text.contains("1.2.0"), "{text}");
    }

    #[test]
    fn there_is_no_empty_list() {
        assert_eq!(releases(&Catalogue::default(), "1.0.0"), None);
    }
}
