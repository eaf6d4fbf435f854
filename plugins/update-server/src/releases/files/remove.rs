//! Takes a file out of a draft.

use plugin_api::{Cx, Path, Problem, SeeOther};

use super::{attach, one};
use crate::paths;

/// Does it.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let (file, draft) = one::found(&cx, &id).await?;
    attach::removed(&cx, &draft.release, &file).await?;
    let notice = cx.lang().with("file-removed", &[("file", &file.file_name)]);
    let there = cx.url(&paths::of(paths::RELEASE_FILES, &file.release_id));
    Ok(SeeOther::to(there).saying(notice))
}
