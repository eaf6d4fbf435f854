//! `POST /crm/licence-requests/send`: the custom form, sent to whoever may issue it.

use axum::response::{IntoResponse, Response};
use plugin_api::form::Typed;
use plugin_api::{Cx, Form, Problem, SeeOther};

use super::{Asked, submit};
use crate::create::{self, read};
use crate::domain::draft::Rejection;
use crate::issue::NotIssued;
use crate::paths;

/// Writes the request, or shows the form as it was typed with what is wrong.
pub(super) async fn handle(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Typed::from(form);
    let Some(chosen) = create::chosen(&cx, &typed).await? else {
        return Err(Problem::unprocessable("cliente_richiesto"));
    };
    let draft = match read::draft(&typed, chosen.modules(), cx.now()) {
        Ok(draft) => draft,
        Err(errors) => return create::refused(&cx, &chosen, &typed, &errors).await,
    };
    let asked = Asked { draft, reason: typed.text("motivo").to_owned() };
    match submit(&cx, asked).await {
        Ok(request) => {
            let there = cx.url(&paths::of(paths::REQUEST_SHOW, &request.request_id));
            Ok(SeeOther::to(there).saying(cx.lang().t("request-sent")).into_response())
        }
        Err(NotIssued::Rejected(Rejection { errors, .. })) => {
            create::refused(&cx, &chosen, &typed, &errors).await
        }
        Err(NotIssued::Failed(fault)) => Err(fault.into()),
    }
}
