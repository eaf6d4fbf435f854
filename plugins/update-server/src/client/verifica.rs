//! `GET /api/aggiornamenti/verifica`: whether there is something newer, for programs that ask us in our
//! own way.

use axum::extract::{FromRequestParts, Request};
use plugin_api::{Cx, FieldProblem, Json, Problem, Query};

use super::credential::{Shown, by_product};
use super::feeds::Asking;
use crate::domain::select::Asked;
use crate::protocols::verifica::{Answer, Question, TOKEN_TYPE, render};

/// Asks for news
///
/// The credential is the secret of an address or an activation key, as `Authorization: Bearer`,
/// `X-Licence-Key` or `?key=`; none is needed for products anybody may have. With a `nonce` the answer
/// comes signed as well, so that nobody on the way can hold an old one against the program.
#[utoipa::path(
    get,
    path = "/api/aggiornamenti/verifica",
    operation_id = "verifica_aggiornamenti",
    tag = "aggiornamenti",
    params(
        Question,
        ("key" = Option<String>, Query, description = "The credential."),
        ("X-Licence-Key" = Option<String>, Header, description = "The same."),
    ),
    responses(
        (status = 200, description = "What comes of it.", body = Answer),
        (status = 401, description = "`credenziale_mancante` or `credenziale_sconosciuta`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`licenza_revocata`, `licenza_sospesa`, `licenza_in_attesa`, \
            `indirizzo_revocato` or `prodotto_errato`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "There are no updates of such a product.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A parameter cannot be read.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many secrets nobody knows came from this address.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn handle(cx: Cx, request: Request) -> Result<Json<Answer>, Problem> {
    let (mut parts, _) = request.into_parts();
    let Query(question) = Query::<Question>::from_request_parts(&mut parts, &()).await?;
    if question.prodotto.is_empty() {
        return Err(Problem::validation(vec![FieldProblem::new("/prodotto", "field-required")]));
    }
    let asked = question.asked()?;
    let shown = Shown::of(&mut parts).await;
    let entitled = by_product(&cx, &question.prodotto, shown).await?;
    let asking = Asking::new(cx, entitled, &parts);
    let installation = asking.installation(Some(&question.installazione)).await?;
    let asked = Asked { installation: installation.place.clone(), ..asked };
    let catalogue = asking.catalogue().await?;
    let choice = asking.choose(&catalogue, &installation, (&asked, "verifica")).await?;
    let site = asking.entitled.site(&asking.cx);
    let answer = render(&choice, &question, &asked, &site, &asking.languages());
    match answer.claims(asking.cx.now()) {
        Some(claims) => {
            let jws = asking.cx.sign(TOKEN_TYPE, claims).await?;
            Ok(Json(answer.signed(jws)))
        }
        None => Ok(Json(answer)),
    }
}
