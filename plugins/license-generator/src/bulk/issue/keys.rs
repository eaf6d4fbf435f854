//! `GET /crm/licences/bulk/{id}/keys`: the licences a run issued, with their keys, as a file.

use axum::response::Response;
use plugin_api::db::Batch;
use plugin_api::table::{Item, Sheet, TableQuery};
use plugin_api::{Cx, Path, Problem, time};

use crate::bulk::audit::audit;
use crate::{issue, store};

/// The file; that somebody took it is audited.
pub(in crate::bulk) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    let run = store::bulk::get(&cx.db(), cx.scope(), &id).await?;
    let run = run.filter(crate::domain::bulk::Run::issues).ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let columns = [
        ("chiave_licenza", "bulk-column-key"),
        ("cliente", "column-cliente"),
        ("dispositivo", "column-dispositivo"),
        ("impronta", "column-impronta"),
        ("note", "label-note"),
        ("scadenza", "column-scadenza"),
        ("id", "label-id"),
    ];
    let columns = columns.into_iter().map(|(id, key)| (id, lang.t(key))).collect();
    let name = format!("keys-{}", time::date(run.created_at));
    let mut sheet = Sheet { name, columns, rows: Vec::new() };
    let mut issued = Vec::new();
    let statement = store::bulk::with_keys(cx.scope(), &run.bulk_id);
    let each = |licence: store::bulk::Issued| {
        issued.push(licence);
        Ok(())
    };
    cx.db().for_each(statement, each).await?;
    for licence in issued {
        let key = issue::unsealed(&cx, &licence.key_sealed).await?;
        let cells = [
            key.to_string(),
            licence.customer.unwrap_or_default(),
            licence.device_name.unwrap_or_default(),
            licence.fingerprint.unwrap_or_default(),
            licence.note,
            licence.expires_at.map(time::date).unwrap_or_default(),
            licence.licence_id,
        ];
        sheet.rows.push(cells.map(Item::Text).into());
    }
    let file = sheet.file(query.get("format").unwrap_or("csv"))?;
    let taken = Batch::new().audit(audit("bulk.keys_taken", &run));
    cx.db().batch(taken).await?;
    Ok(file)
}
