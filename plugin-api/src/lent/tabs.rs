//! Pages about one thing, of all enabled plugins, as tabs.

use crate::manifest::Tab;
use crate::ui::Tabs;
use crate::{Cx, Fault};

impl Cx {
    /// The pages about the thing `id` of the kind `of` that who is asking may see, the page at `current`
    /// (a path where `{id}` stands for the thing) marked. A screen reader calls them `label`.
    pub async fn tabs(
        &self,
        of: &str,
        id: &str,
        label: impl Into<String>,
        current: &str,
    ) -> Result<Tabs, Fault> {
        let tabs: Vec<Tab> = self.ask("tabs.list", &of).await?;
        let href = |path: &str| self.url(&path.replace("{id}", id));
        let lang = self.lang();
        let row = Tabs::new(label, href(current));
        Ok(tabs.iter().fold(row, |row, tab| row.tab(lang.pick(&tab.label), href(&tab.path))))
    }
}

/// Of the `tabs` of enabled plugins those about things of the kind `of`, first of whoever keeps them.
/// For hosts; who may see them is theirs to say.
pub fn of_kind<'a>(tabs: impl IntoIterator<Item = &'a Tab>, of: &str) -> Vec<Tab> {
    let mut found: Vec<Tab> = tabs.into_iter().filter(|tab| tab.of == of).cloned().collect();
    found.sort_by_key(|tab| !tab.is_own);
    found
}
