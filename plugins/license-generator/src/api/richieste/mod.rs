//! `/api/admin/richieste`: licences somebody asks others to issue.

pub mod body;
pub mod crea;
pub mod decidi;
pub mod elenca;
pub mod leggi;
